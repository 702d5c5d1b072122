/**
 * A share of a data set taken from it for validation: which pictures, by what they show, and the
 * two sides as data sets of their own. No picture passes through the driver.
 */
package dev.convoy.spark.split;
