package dev.convoy.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a data set that is made of files.
 *
 * @param path that leads on from the data set's folder
 * @param label its class's name; absent if it has none
 */
public record PictureEntry(String path, @Nullable String label) implements Serializable {}
