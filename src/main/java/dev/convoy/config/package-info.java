/**
 * The job file as records, read with overrides from the command line, and the differences between
 * two jobs. All that is wrong with a job by itself is found here.
 */
package dev.convoy.config;
