/** What commands print: reports, notes, progress, and the stream that all of it goes to. */
package dev.convoy.cli.console;
