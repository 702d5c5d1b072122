package dev.convoy.model.onnx.in;

/** Reads the nodes of one operator. */
@FunctionalInterface
interface OperatorReader {
  /** Gives the node's outputs their values. */
  void read(Operator node, Reading reading);
}
