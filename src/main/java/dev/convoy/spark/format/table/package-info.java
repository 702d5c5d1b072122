/** Rows of tables, queries and whatever else Spark reads, put in an order that is theirs alone. */
package dev.convoy.spark.format.table;
