/**
 * Holds what lies between files and batches: images in columns of bytes, decoding of pictures,
 * normalisation, and the laying out of batches. A file's error is a {@link
 * dev.convoy.image.DataException}.
 */
package dev.convoy.image;
