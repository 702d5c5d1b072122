package dev.convoy.model.weights;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor as a file's header has it.
 *
 * @param file that holds it, for errors
 * @param name in the file
 * @param type as the format calls it
 * @param shape in the file
 * @param start byte among the values at which it begins
 * @param end byte after its last
 */
record StoredTensor(String file, String name, String type, List<Long> shape, long start, long end) {
  StoredTensor {
    shape = List.copyOf(shape);
  }

  /** Tells whether it has this shape. */
  boolean is(int[] extents) {
    return Arrays.stream(extents).asLongStream().boxed().toList().equals(shape);
  }
}
