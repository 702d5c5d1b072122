package dev.convoy.model.onnx.out;

/** Adds the nodes of one kind of layer to a graph. */
@FunctionalInterface
interface LayerWriter {
  /** Adds them: the last one's output is the layer's. */
  void write(LayerGraph layer);
}
