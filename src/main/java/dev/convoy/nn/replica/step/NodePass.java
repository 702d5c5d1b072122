package dev.convoy.nn.replica.step;

import dev.convoy.nn.Node;

/** A node of the graph at work in a replica. */
public abstract sealed class NodePass permits LayerPass, JoinPass {
  /**
   * Returns whether the output may lie where the (first) input did: no backward pass reads that
   * input.
   */
  public boolean inPlace() {
    return false;
  }

  /**
   * Returns whether the output may lie where this input did, if no backward pass follows. The input
   * is none of the node's others then.
   */
  public boolean mayOverwrite(int input) {
    return input == 0 && inPlace();
  }

  /** Returns the floats that it keeps from one step to the next, from its first use on. */
  public long heldFloats() {
    return 0;
  }

  /** Returns whether the (last) input's gradient may lie where the output's did. */
  public boolean gradientInPlace() {
    return inPlace();
  }

  /** Runs forward, on all inputs. */
  public abstract void run(StepContext step, float[][] x, float[] y);

  /** Values of an image that it gives; more than one node's work may lie between. */
  public int outputSize(Node node) {
    return node.output().size();
  }

  /**
   * Returns whether output and input are the same values at the same places, so that they share an
   * array.
   */
  public boolean isIdentity() {
    return false;
  }

  /**
   * Returns whether the backward pass reads the output, so that no layer after it may overwrite it.
   */
  public boolean readsOutput() {
    return false;
  }
}
