/**
 * One pass a layer: its forward and backward on the arrays of a step, and the table from layers to
 * passes. What several layers do together belongs to {@code nn.replica.fusion}.
 */
package dev.convoy.nn.replica.pass;
