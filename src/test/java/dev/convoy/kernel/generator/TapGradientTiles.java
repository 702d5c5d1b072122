package dev.convoy.kernel.generator;

import static dev.convoy.kernel.generator.RegisterTile.plus;
import static dev.convoy.kernel.generator.RegisterTile.vector;

import java.util.List;

/** Tiles of filters by taps, summed over the positions of a lane block. */
final class TapGradientTiles extends GeneratedClass {
  TapGradientTiles() {
    super("tap", "VectorTapGradientTiles");
  }

  @Override
  List<String> lanes() {
    return List.of("Lanes", "VectorWidth");
  }

  @Override
  String doc() {
    return "Computes tiles of {@link VectorTapProductGradient}: some filters by some taps, over all"
        + " positions of a block, on top of the sums of the blocks before.";
  }

  @Override
  void body(JavaSource code) {
    withoutObjects(code);
    code.blank()
        .doc(
            "Five taps side by side see the same values one position apart: four of five stay in"
                + " registers from one position of a row to the next.");
    sliding(code, new RegisterTile(4, 5));
    tile(code, new RegisterTile(4, 4));
    tile(code, new RegisterTile(2, 4));
    tile(code, new RegisterTile(4, 2));
  }

  private static void tile(JavaSource code, RegisterTile tile) {
    code.blank();
    head(code, tile);
    code.line("int last = geometry.taps() - 1;");
    code.line("int offset0 = geometry.offsets()[t];");
    for (int tap = 1; tap < tile.columns(); tap++) {
      code.line("int offset" + tap + " = geometry.offsets()[Math.min(t + " + tap + ", last)];");
    }
    strides(code, tile, "sourceStep");
    code.line("int positions = geometry.rows() * columns;");
    code.line("int column = columns;");
    code.line(
        "// One loop over all positions: accumulators that cross nested loops would be boxed.");
    code.open("for (int p = 0; p < positions; p++)");
    tile.load(code, "source", tap -> "x + offset" + tap);
    multiply(code, tile);
    code.line("x += sourceStep;").line("y += targetStep;");
    code.open("if (--column == 0)");
    nextRow(code);
    code.close().close();
    store(code, tile);
  }

  private static void sliding(JavaSource code, RegisterTile tile) {
    int newest = tile.columns() - 1;
    head(code, tile);
    code.line("x += geometry.offsets()[t];");
    strides(code, tile, "step");
    code.line("int positions = geometry.rows() * columns;");
    code.line("int column = columns;");
    RegisterTile held = new RegisterTile(tile.rows(), newest);
    held.load(code, "source", tap -> plus("x", tap, "step"));
    code.line(
        "// One loop over all positions: accumulators that cross nested loops would be boxed.");
    code.open("for (int p = 1; p <= positions; p++)");
    String last = vector("source", plus("x", newest, "step"));
    code.line("FloatVector x" + newest + " = " + last + ";");
    multiply(code, tile);
    for (int tap = 0; tap < newest; tap++) {
      code.line("x" + tap + " = x" + (tap + 1) + ";");
    }
    code.line("x += step;").line("y += targetStep;");
    code.open("if (--column == 0 && p < positions)");
    nextRow(code);
    for (int tap = 0; tap < newest; tap++) {
      code.line("x" + tap + " = " + vector("source", plus("x", tap, "step")) + ";");
    }
    code.close().close();
    store(code, tile);
  }

  private static void head(JavaSource code, RegisterTile tile) {
    code.method(
        "static void " + tile.named("block"),
        "TapGeometry geometry",
        "float[] source",
        "int x",
        "int t",
        "float[] target",
        "int y",
        "int filters",
        "float[] sums",
        "int at");
  }

  /** Of fewer filters than rows, the last is computed again. */
  private static void strides(JavaSource code, RegisterTile tile, String step) {
    for (int row = 1; row < tile.rows(); row++) {
      code.line(
          "int plane" + row + " = Math.min(" + row + ", filters - 1) * geometry.targetPlane();");
    }
    code.line("int columns = geometry.columns();");
    code.line("int " + step + " = geometry.sourceColumn();");
    code.line("int targetStep = geometry.targetColumn();");
    code.line("// From the end of a row to the start of the next.");
    code.line("int sourceJump = geometry.sourceRow() - columns * " + step + ";");
    code.line("int targetJump = geometry.targetRow() - columns * targetStep;");
    tile.start(code, (row, column) -> vector("sums", place(tile, row, column)));
  }

  private static void multiply(JavaSource code, RegisterTile tile) {
    tile.multiply(code, "y", row -> vector("target", row == 0 ? "y" : "y + plane" + row));
  }

  private static void nextRow(JavaSource code) {
    code.line("column = columns;").line("x += sourceJump;").line("y += targetJump;");
  }

  private static void store(JavaSource code, RegisterTile tile) {
    tile.store(code, "sums", (row, column) -> place(tile, row, column));
    code.close();
  }

  private static String place(RegisterTile tile, int row, int column) {
    return "at + " + (row * tile.columns() + column) + " * Lanes.WIDTH";
  }
}
