package dev.convoy.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Some values of a flat array, as stretches of it in ascending order, none of which touches the
 * next. Packed, they lie one after the other in an array of their own.
 *
 * @param total length of the array
 * @param parts the stretches
 */
public record Slices(int total, List<Slice> parts) implements Serializable {
  /**
   * A stretch.
   *
   * @param from its first value
   * @param to the value after its last
   */
  public record Slice(int from, int to) implements Serializable {
    /** Returns how many values it has. */
    public int size() {
      return to - from;
    }
  }

  public Slices {
    parts = List.copyOf(parts);
  }

  /** Returns all values of an array. */
  public static Slices all(int total) {
    return new Slices(total, total == 0 ? List.of() : List.of(new Slice(0, total)));
  }

  /** Returns the values of the tensors that are chosen, of an array that holds all tensors. */
  static Slices of(List<Parameter> tensors, Predicate<Parameter> chosen) {
    List<Slice> parts = new ArrayList<>();
    int total = 0;
    for (Parameter tensor : tensors) {
      total += tensor.size();
      if (chosen.test(tensor)) {
        add(parts, tensor.offset(), tensor.offset() + tensor.size());
      }
    }
    return new Slices(total, parts);
  }

  private static void add(List<Slice> parts, int from, int to) {
    int last = parts.size() - 1;
    if (last >= 0 && parts.get(last).to() == from) {
      parts.set(last, new Slice(parts.get(last).from(), to));
    } else if (to > from) {
      parts.add(new Slice(from, to));
    }
  }

  /** Returns how many values there are. */
  public int count() {
    int count = 0;
    for (Slice part : parts) {
      count += part.size();
    }
    return count;
  }

  /** Tells whether they are the whole array. */
  public boolean isAll() {
    return count() == total;
  }

  /** Tells whether a value of the array is among them. */
  public boolean contains(int index) {
    return parts.stream().anyMatch(part -> part.from() <= index && index < part.to());
  }

  /** Returns where a value of the array, which is among them, lies among the packed ones. */
  public int position(int index) {
    int before = 0;
    for (Slice part : parts) {
      if (part.from() <= index && index < part.to()) {
        return before + index - part.from();
      }
      before += part.size();
    }
    throw new IllegalArgumentException("Value " + index + " is not among " + parts);
  }

  /** Returns all others of the array. */
  public Slices others() {
    List<Slice> others = new ArrayList<>();
    int end = 0;
    for (Slice part : parts) {
      add(others, end, part.from());
      end = part.to();
    }
    add(others, end, total);
    return new Slices(total, others);
  }

  /** Returns those of a stretch of the array, as values of that stretch alone. */
  public Slices within(int from, int to) {
    List<Slice> inside = new ArrayList<>();
    for (Slice part : parts) {
      add(inside, Math.max(part.from(), from) - from, Math.min(part.to(), to) - from);
    }
    return new Slices(to - from, inside);
  }

  /** Returns some values of this array, all of which are among these, as values of the packed. */
  public Slices packed(Slices some) {
    List<Slice> packed = new ArrayList<>();
    for (Slice part : some.parts) {
      int start = position(part.from());
      add(packed, start, start + part.size());
    }
    return new Slices(count(), packed);
  }

  /** Returns the packed values of an array: the array itself where they are all of it. */
  public float[] pack(float[] array) {
    if (isAll()) {
      return array;
    }
    float[] packed = new float[count()];
    pack(array, packed);
    return packed;
  }

  /** Copies them from an array to where they are packed; leaves alone what is one array. */
  public void pack(float[] array, float[] packed) {
    if (array == packed) {
      return;
    }
    int at = 0;
    for (Slice part : parts) {
      System.arraycopy(array, part.from(), packed, at, part.size());
      at += part.size();
    }
  }

  /** Copies packed values to their places in an array; leaves alone what is one array. */
  public void unpack(float[] packed, float[] array) {
    if (array != packed) {
      unpack(0, packed, array);
    }
  }

  /** Sets them to 0 in an array. */
  public void clear(float[] array) {
    for (int i = 0; i < parts.size(); i++) { // an iterator would be memory in each step
      Arrays.fill(array, parts.get(i).from(), parts.get(i).to(), 0);
    }
  }

  /**
   * Copies a stretch of packed values to their places in an array.
   *
   * @param start of the stretch among all the packed
   */
  public void unpack(int start, float[] stretch, float[] array) {
    int before = 0;
    for (Slice part : parts) {
      int from = Math.max(start, before);
      int to = Math.min(start + stretch.length, before + part.size());
      if (from < to) {
        System.arraycopy(stretch, from - start, array, part.from() + from - before, to - from);
      }
      before += part.size();
    }
  }
}
