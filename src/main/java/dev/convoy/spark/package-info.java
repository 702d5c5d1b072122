/**
 * Training and evaluation on Spark: files of any Hadoop file system into an RDD of blocks, and
 * rounds as jobs over it. No arithmetic is done here.
 */
package dev.convoy.spark;
