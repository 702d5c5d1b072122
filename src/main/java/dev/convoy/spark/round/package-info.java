/**
 * Rounds of training as Spark jobs, with the state sent out, contributions summed on the driver or
 * shard by shard, and executors watched and warmed.
 */
package dev.convoy.spark.round;
