package dev.convoy.nn.replica.step;

/** Makes the pass of a node. */
@FunctionalInterface
public interface PassMaker {
  /** Makes the pass of the context's node, for a replica of the calling thread. */
  NodePass make(PassContext context);
}
