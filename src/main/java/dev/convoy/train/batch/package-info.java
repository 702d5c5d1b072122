/** Makes the batches of a step from a block of bytes, decoded ahead where blocks hold files. */
package dev.convoy.train.batch;
