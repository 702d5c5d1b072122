package dev.convoy.spark.format;

/**
 * What an image of a data set is called.
 *
 * @param file it lies in, as the user would name it
 * @param index in the file, from 0
 */
public record ImageName(String file, int index) {}
