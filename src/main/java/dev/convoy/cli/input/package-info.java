/**
 * What users write on the command line, beside the names of commands: sources of data, pictures,
 * kernels.
 */
package dev.convoy.cli.input;
