package dev.convoy.nn.replica;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.NodePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A plan of which buffer each value of a part of a network lies in where no backward pass follows:
 * a buffer is used again as soon as what it held has no reader left. The same for the same network
 * on every machine.
 *
 * <p>Values that share their array (an identity and its input, what a layer makes in place) are one
 * group. Groups get their buffers by size, the largest first: each takes the first buffer of which
 * no group lives at the same time. So few floats more are needed than are alive at once.
 */
final class LifetimePlan {
  private static final int NONE = -1;

  private final Network network;
  private final NodePass[] passes;
  private final int from;
  private final int to;

  /** The group of each value, named by its first value; {@link #NONE} of values elsewhere. */
  private final int[] groupOf;

  /** Floats an image of each group, and the nodes that first write and last read it. */
  private final int[] sizes;

  private final int[] births;
  private final int[] ends;

  private final int[] bufferOf;
  private final List<Integer> buffers = new ArrayList<>();

  /**
   * Plans the nodes {@code from} to {@code to}, the latter excluded. Values that are read behind
   * them, and the network's output, live to the end; those that they find live from the start.
   */
  LifetimePlan(Network network, NodePass[] passes, int from, int to) {
    this.network = network;
    this.passes = passes;
    this.from = from;
    this.to = to;
    int values = network.nodes().size() + 1;
    groupOf = new int[values];
    sizes = new int[values];
    births = new int[values];
    ends = new int[values];
    bufferOf = new int[values];
    Arrays.fill(groupOf, NONE);
    boolean[] read = readOfPart();
    for (int value = 0; value < values; value++) {
      boolean found = value <= from && (read[value] || isReadBehind(network, value, to));
      if (found || value > from && value <= to) {
        begin(value);
      }
    }
    for (int node = from; node < to; node++) {
      overwrite(node);
    }
    assign();
  }

  /** Returns the values that the nodes of a part find and the ones behind it read, ascending. */
  static int[] crossing(Network network, int at) {
    return IntStream.rangeClosed(0, at).filter(value -> isReadBehind(network, value, at)).toArray();
  }

  private static boolean isReadBehind(Network network, int value, int at) {
    List<Node> nodes = network.nodes();
    return value == nodes.size()
        || nodes.subList(at, nodes.size()).stream().anyMatch(n -> n.sources().contains(value));
  }

  private boolean[] readOfPart() {
    boolean[] read = new boolean[groupOf.length];
    for (int node = from; node < to; node++) {
      node(node).sources().forEach(source -> read[source] = true);
    }
    return read;
  }

  private Node node(int node) {
    return network.nodes().get(node);
  }

  /** Puts a value in its input's group if it is an identity's, else in one of its own. */
  private void begin(int value) {
    boolean shares = value > from && passes[value - 1].isIdentity();
    int group = shares ? groupOf[node(value - 1).source()] : value;
    groupOf[value] = group;
    if (!shares) {
      sizes[group] = NonFiniteValues.size(network, passes, value);
      births[group] = value <= from ? from - 1 : value - 1;
      ends[group] = births[group];
    }
    ends[group] = Math.max(ends[group], lastReader(value));
  }

  /** Returns the last node that reads a value, identities aside; {@code to} if it stays. */
  private int lastReader(int value) {
    if (isReadBehind(network, value, to)) {
      return to;
    }
    return IntStream.range(from, to)
        .filter(n -> !passes[n].isIdentity() && node(n).sources().contains(value))
        .max()
        .orElse(NONE);
  }

  /** Has a node write where an input lay that ends with it, if it may. */
  private void overwrite(int node) {
    int output = groupOf[node + 1];
    List<Integer> sources = node(node).sources();
    for (int input = 0; input < sources.size() && output == node + 1; input++) {
      int group = groupOf[sources.get(input)];
      long reads = sources.stream().filter(source -> groupOf[source] == group).count();
      if (passes[node].mayOverwrite(input) && ends[group] == node && reads == 1) {
        ends[group] = ends[output];
        sizes[group] = Math.max(sizes[group], sizes[output]);
        for (int value = 0; value < groupOf.length; value++) {
          groupOf[value] = groupOf[value] == output ? group : groupOf[value];
        }
        output = group;
      }
    }
  }

  private void assign() {
    List<List<Integer>> tenants = new ArrayList<>();
    for (int group : groups()) {
      int buffer = 0;
      while (buffer < tenants.size() && meetsAny(group, tenants.get(buffer))) {
        buffer++;
      }
      if (buffer == tenants.size()) {
        tenants.add(new ArrayList<>());
        buffers.add(sizes[group]);
      }
      tenants.get(buffer).add(group);
      bufferOf[group] = buffer;
    }
  }

  /** Returns the groups, the largest first, of equal ones the earliest. */
  private List<Integer> groups() {
    return IntStream.range(0, groupOf.length)
        .filter(value -> groupOf[value] == value)
        .boxed()
        .sorted(Comparator.comparingInt(group -> -sizes[group]))
        .toList();
  }

  private boolean meetsAny(int group, List<Integer> others) {
    return others.stream().anyMatch(other -> meets(group, other));
  }

  private boolean meets(int group, int other) {
    return births[group] <= ends[other] && births[other] <= ends[group];
  }

  /** Returns the floats of all buffers, an image. */
  long floats() {
    return buffers.stream().mapToLong(Integer::longValue).sum();
  }

  /** Returns the most floats an image that are alive at once: no plan could do with fewer. */
  long aliveAtOnce() {
    return IntStream.rangeClosed(from - 1, to)
        .mapToLong(
            node ->
                groups().stream()
                    .filter(group -> births[group] <= node && node <= ends[group])
                    .mapToLong(group -> sizes[group])
                    .sum())
        .max()
        .orElse(0);
  }

  /** Returns the floats an image of a value. */
  int size(int value) {
    return NonFiniteValues.size(network, passes, value);
  }

  /** Makes an array a value, some values' the same, for so many lane blocks. */
  float[][] allocate(int blocks) {
    float[][] arrays = new float[buffers.size()][];
    Arrays.setAll(arrays, i -> new float[Activations.length(buffers.get(i), blocks)]);
    float[][] values = new float[groupOf.length][];
    for (int value = 0; value < values.length; value++) {
      values[value] = groupOf[value] == NONE ? new float[0] : arrays[bufferOf[groupOf[value]]];
    }
    return values;
  }

  /** Returns the bytes of {@link #allocate}. */
  long bytes(int blocks) {
    return floats() * blocks * Lanes.WIDTH * Float.BYTES;
  }
}
