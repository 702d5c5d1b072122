/**
 * The layers, each an immutable record that knows its shapes and parameters. How a layer computes
 * belongs to {@code nn.replica.pass}.
 */
package dev.convoy.nn.layer;
