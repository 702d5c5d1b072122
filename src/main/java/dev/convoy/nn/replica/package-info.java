/**
 * A network bound to a batch size and at work: which arrays its values and gradients lie in, and in
 * what order its layers run. How one layer computes belongs to the rooms below.
 */
package dev.convoy.nn.replica;
