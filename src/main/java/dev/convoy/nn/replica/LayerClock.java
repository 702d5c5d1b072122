package dev.convoy.nn.replica;

/**
 * Is told how long a replica's layers take. A layer that is computed together with another one may
 * take no time of its own, or not be reported at all.
 */
public interface LayerClock {
  /** A node's part of a forward pass took so long. */
  void forward(int node, long nanoseconds);

  /** A node's part of a backward pass took so long. */
  void backward(int node, long nanoseconds);
}
