/**
 * Training and use of models on Spark, in rooms; here is what all of them set in a Spark
 * configuration. No arithmetic of training is done in any of them.
 */
package dev.convoy.spark;
