/**
 * Random changes of training images, which make a network see each of them in another way every
 * epoch. Each is a record, bound to a shape for work; what is drawn is a function of (seed, epoch,
 * example), so that the same bits come out wherever a worker runs.
 */
package dev.convoy.image.augment;
