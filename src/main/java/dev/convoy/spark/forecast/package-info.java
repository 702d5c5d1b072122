/** What rounds would take on other clusters, from steps that were timed here. */
package dev.convoy.spark.forecast;
