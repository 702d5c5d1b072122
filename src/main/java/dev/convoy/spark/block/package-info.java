/** Blocks of images as an RDD, one a partition, and which executor keeps which block. */
package dev.convoy.spark.block;
