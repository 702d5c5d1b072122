/**
 * The files of a pack: its plan, shards, reports and manifest. Making one belongs to {@code
 * spark.pack}.
 */
package dev.convoy.spark.format.pack;
