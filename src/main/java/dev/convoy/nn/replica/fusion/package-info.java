/**
 * The fusions: what neighbouring layers do together to save passes over memory, for the same bits.
 * Each stands in a file of its own with what it matches, and {@code FusionPlan} lists them. How a
 * layer computes by itself belongs to {@code nn.replica.pass}.
 */
package dev.convoy.nn.replica.fusion;
