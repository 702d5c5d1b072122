package dev.convoy.kernel.generator;

import static dev.convoy.kernel.generator.RegisterTile.broadcast;
import static dev.convoy.kernel.generator.RegisterTile.plus;

import java.util.List;

/** Tiles of filters by taps, summed over the positions of turned planes. */
final class PlaneTiles extends GeneratedClass {
  PlaneTiles() {
    super("tap", "VectorPlaneTiles");
  }

  @Override
  List<String> lanes() {
    return List.of("Lanes", "VectorWidth");
  }

  @Override
  String doc() {
    return "Computes tiles of {@link VectorPlaneProduct}: some filters by three taps, over all"
        + " positions.";
  }

  @Override
  void body(JavaSource code) {
    withoutObjects(code);
    tile(code, new RegisterTile(8, 3));
    tile(code, new RegisterTile(4, 3));
  }

  private static void tile(JavaSource code, RegisterTile tile) {
    code.blank();
    code.method(
        "static void " + tile.named("tile"),
        "TapGeometry geometry",
        "int t",
        "float[] left",
        "int w",
        "float[] source",
        "int from",
        "float[] sums",
        "int to");
    code.line("int last = geometry.taps() - 1;");
    code.line("int x = from + geometry.offsets()[t];");
    String offset = "geometry.offsets()[Math.min(t + %d, last)] - geometry.offsets()[t];";
    code.line("int second = " + String.format(offset, 1));
    code.line("int third = " + String.format(offset, 2));
    code.line("int columns = geometry.columns();");
    code.line("int positions = geometry.rows() * columns;");
    code.line("int sourceStep = geometry.sourceColumn();");
    code.line("int leftStep = geometry.targetColumn();");
    code.line("// From the end of a row to the start of the next.");
    code.line("int sourceJump = geometry.sourceRow() - columns * sourceStep;");
    code.line("int leftJump = geometry.targetRow() - columns * leftStep;");
    code.line("int column = columns;");
    tile.start(code, (row, tap) -> row + tap == 0 ? "FloatVector.zero(SPECIES)" : "s00");
    code.line(
        "// One loop over all positions: accumulators that cross nested loops would be boxed.");
    code.open("for (int p = 0; p < positions; p++)");
    tile.load(code, "source", tap -> List.of("x", "x + second", "x + third").get(tap));
    tile.multiply(code, "w", row -> broadcast("left", plus("w", row)));
    code.line("x += sourceStep;").line("w += leftStep;");
    code.open("if (--column == 0)");
    code.line("column = columns;").line("x += sourceJump;").line("w += leftJump;");
    code.close().close();
    tile.store(code, "sums", (row, tap) -> place(row * tile.columns() + tap));
    code.close();
  }

  private static String place(int sum) {
    return sum == 0 ? "to" : "to + " + sum + " * Lanes.WIDTH";
  }
}
