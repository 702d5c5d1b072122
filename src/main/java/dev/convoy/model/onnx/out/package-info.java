/** A model as a file of ONNX: one writer a kind of layer. Nothing here reads a file. */
package dev.convoy.model.onnx.out;
