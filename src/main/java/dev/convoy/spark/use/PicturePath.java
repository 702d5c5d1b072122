package dev.convoy.spark.use;

import java.io.Serializable;

/**
 * A picture file to be filtered.
 *
 * @param input where it is
 * @param output where the filtered picture goes
 */
public record PicturePath(String input, String output) implements Serializable {}
