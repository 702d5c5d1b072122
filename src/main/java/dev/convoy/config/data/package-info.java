/**
 * The records of a job's {@code data} section: sources, one record a format, and what is done with
 * what they hold.
 */
package dev.convoy.config.data;
