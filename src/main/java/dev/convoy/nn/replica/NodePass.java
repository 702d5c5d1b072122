package dev.convoy.nn.replica;

import dev.convoy.nn.Node;

/** A node of the graph at work in a replica. */
abstract sealed class NodePass permits LayerPass, JoinPass {
  /** Whether the output may lie where the (first) input did: no backward pass reads that input. */
  boolean inPlace() {
    return false;
  }

  /** Whether the (last) input's gradient may lie where the output's did. */
  boolean gradientInPlace() {
    return inPlace();
  }

  /** Runs forward, on all inputs. */
  abstract void run(Step step, float[][] x, float[] y);

  /** Values of an image that it gives; more than one node's work may lie between. */
  int outputSize(Node node) {
    return node.output().size();
  }

  /**
   * Whether output and input are the same values at the same places, so that they share an array.
   */
  boolean isIdentity() {
    return false;
  }

  /** Whether the backward pass reads the output, so that no layer after it may overwrite it. */
  boolean readsOutput() {
    return false;
  }
}
