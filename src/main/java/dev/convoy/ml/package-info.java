/**
 * Convoy in pipelines of Spark ML: estimators whose params are a job's keys, and the models that
 * they leave, which transform any table.
 */
package dev.convoy.ml;
