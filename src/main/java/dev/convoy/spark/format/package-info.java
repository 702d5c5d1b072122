/** One class a data format: its files found and looked at from outside, then read as portions. */
package dev.convoy.spark.format;
