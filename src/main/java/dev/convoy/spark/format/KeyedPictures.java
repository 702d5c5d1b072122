package dev.convoy.spark.format;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The pictures of a data set with what tells them from others: columns that lie beside them in a
 * table, or names of files and positions in them. Nothing of it passes through the driver.
 *
 * @param session in which tables of the same columns are made
 * @param columns of each picture's key
 * @param pictures read as they are asked for, with the key of each
 * @param problems one line for each bad record that was found already, and is not among the
 *     pictures
 */
public record KeyedPictures(
    SparkSession session,
    StructType columns,
    JavaRDD<KeyedPicture> pictures,
    List<String> problems) {}
