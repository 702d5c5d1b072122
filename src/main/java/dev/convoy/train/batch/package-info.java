/** From a block of bytes to the batches of a step, decoded ahead where blocks hold files. */
package dev.convoy.train.batch;
