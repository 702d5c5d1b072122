/**
 * Some MiB of decoded images of one part of a data set, and the survey of all of them: counts, ids,
 * bad records.
 */
package dev.convoy.spark.portion;
