package dev.convoy.data;

import java.io.Serializable;

/**
 * A picture of a data set that is made of files.
 *
 * @param path that leads on from the data set's folder
 * @param label its class's name; {@code null} if it has none
 */
public record PictureEntry(String path, String label) implements Serializable {}
