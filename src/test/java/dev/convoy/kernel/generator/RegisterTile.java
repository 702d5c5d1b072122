package dev.convoy.kernel.generator;

import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * Accumulators {@code s00, s01, ...} of some rows by some columns, each a local variable that the
 * compiler keeps in a register, and the parts of a kernel that go over all of them.
 */
record RegisterTile(int rows, int columns) {
  /** What stands in an accumulator's place. */
  interface Cell {
    String of(int row, int column);
  }

  /** Returns a method's name, as in {@code tile4x2}. */
  String named(String name) {
    return name + rows + "x" + columns;
  }

  /** Declares the accumulators. */
  void start(JavaSource code, Cell value) {
    forEach(
        (row, column) ->
            code.line("FloatVector " + sum(row, column) + " = " + value.of(row, column) + ";"));
  }

  /** Declares and loads {@code x0, x1, ...}, a vector for each column. */
  void load(JavaSource code, String array, IntFunction<String> index) {
    for (int column = 0; column < columns; column++) {
      code.line("FloatVector x" + column + " = " + vector(array, index.apply(column)) + ";");
    }
  }

  /** Declares a factor for each row, and adds its products with all columns. */
  void multiply(JavaSource code, String factor, IntFunction<String> value) {
    for (int row = 0; row < rows; row++) {
      code.line("FloatVector " + factor + row + " = " + value.apply(row) + ";");
      for (int column = 0; column < columns; column++) {
        String sum = sum(row, column);
        code.line(sum + " = x" + column + ".fma(" + factor + row + ", " + sum + ");");
      }
    }
  }

  /** Stores the accumulators. */
  void store(JavaSource code, String array, Cell index) {
    forEach((row, column) -> store(code, row, column, array, index.of(row, column)));
  }

  /** Stores a row of accumulators. */
  void storeRow(JavaSource code, int row, String array, IntFunction<String> index) {
    for (int column = 0; column < columns; column++) {
      store(code, row, column, array, index.apply(column));
    }
  }

  private static void store(JavaSource code, int row, int column, String array, String index) {
    code.line(sum(row, column) + ".intoArray(" + array + ", " + index + ");");
  }

  /** Calls for each accumulator, row by row. */
  void forEach(BiConsumer<Integer, Integer> cell) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        cell.accept(row, column);
      }
    }
  }

  /** Returns an accumulator's name. */
  static String sum(int row, int column) {
    return "s" + row + column;
  }

  /** Returns the vector that lies at an index. */
  static String vector(String array, String index) {
    return "FloatVector.fromArray(SPECIES, " + array + ", " + index + ")";
  }

  /** Returns a value in all lanes. */
  static String broadcast(String array, String index) {
    return "FloatVector.broadcast(SPECIES, " + array + "[" + index + "])";
  }

  /** Returns an index some steps further, as in {@code at + 2 * step}. */
  static String plus(String base, int count, String step) {
    return switch (count) {
      case 0 -> base;
      case 1 -> base + " + " + step;
      default -> base + " + " + count + " * " + step;
    };
  }

  /** Returns an index a few places further, as in {@code first + 2}. */
  static String plus(String base, int count) {
    return count == 0 ? base : base + " + " + count;
  }
}
