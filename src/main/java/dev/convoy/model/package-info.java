/**
 * A trained network as files: the model folder, checkpoints, and safetensors. Where files lie is
 * the business of whoever opens them.
 */
package dev.convoy.model;
