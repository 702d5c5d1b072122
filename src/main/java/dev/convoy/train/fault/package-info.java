/**
 * What goes wrong in a training, and how it goes on: values that are not finite, failed tasks, lost
 * executors.
 */
package dev.convoy.train.fault;
