/** The command line, one class a command: it parses, calls, and prints. */
package dev.convoy.cli;
