/** A model at work on many images as Spark jobs: evaluation, prediction, filters, metrics. */
package dev.convoy.spark.use;
