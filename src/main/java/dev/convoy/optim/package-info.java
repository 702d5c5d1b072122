/**
 * Optimizers, whose state is flat arrays, too; outer optimizers; clipping of gradients; schedules
 * of the learning rate. None of them knows of workers or rounds.
 */
package dev.convoy.optim;
