/**
 * A file of ONNX as a model: what is constant is computed, axes that are only moved or cut are
 * views, chains of element-wise operators are told by their values, and all else has a reader by
 * operator.
 */
package dev.convoy.model.onnx.in;
