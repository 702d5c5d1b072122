/**
 * A training, evaluation or prediction from what was asked for to its results: what the command
 * line, programs and pipelines share. Nothing here prints or ends a JVM: listeners hear what
 * happens, and results are returned. Options of the command line are not known here.
 */
package dev.convoy.run;
