/** The jobs that make a pack out of other formats. */
package dev.convoy.spark.pack;
