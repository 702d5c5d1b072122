/**
 * Readers of each format of images and labels, from streams of bytes, whatever they come from. What
 * a file claims is checked before memory is spent on it, and read in pieces.
 */
package dev.convoy.data;
