/**
 * Weights that others trained, as a network takes them in: safetensors files of PyTorch, timm and
 * Hugging Face, one or several with an index, whose tensors are called and typed otherwise. Models
 * and checkpoints of this project are read next door, to the letter.
 */
package dev.convoy.model.weights;
