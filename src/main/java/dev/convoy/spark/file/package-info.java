/**
 * Files on any Hadoop file system: reading, writing beside and renaming, listing, checksums. What
 * is in a file belongs elsewhere.
 */
package dev.convoy.spark.file;
