/**
 * What neighbouring layers do together to save passes over memory. Results are the same to the bit
 * as those of each layer by itself.
 */
package dev.convoy.nn.replica.fusion;
