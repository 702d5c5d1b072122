/**
 * ONNX files, and what reading and writing them share. What a layer becomes there belongs to {@code
 * out}, what an operator becomes here to {@code in}.
 */
package dev.convoy.model.onnx;
