/**
 * Shapes of Spark jobs that several rooms run: over some partitions, by block, with a value that
 * goes along. Nothing here knows what an image is for.
 */
package dev.convoy.spark.job;
