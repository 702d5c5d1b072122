package dev.convoy.kernel.generator;

import static dev.convoy.kernel.generator.RegisterTile.broadcast;
import static dev.convoy.kernel.generator.RegisterTile.plus;

import java.util.List;

/** Tiles of filters by vectors of a panel, summed over taps. */
final class PanelTiles extends GeneratedClass {
  PanelTiles() {
    super("panel", "VectorPanelTiles");
  }

  @Override
  List<String> lanes() {
    return List.of("Pack", "VectorWidth");
  }

  @Override
  String doc() {
    return "Computes tiles of {@link VectorPanelProduct}: four filters by some vectors of a panel,"
        + " over all taps.";
  }

  @Override
  void body(JavaSource code) {
    code.line("private static final int LENGTH = SPECIES.length();");
    withoutObjects(code);
    tile(code, new RegisterTile(4, 4));
    tile(code, new RegisterTile(4, 3));
    tile(code, new RegisterTile(4, 2));
  }

  private static void tile(JavaSource code, RegisterTile tile) {
    int sums = tile.rows() * tile.columns();
    code.blank()
        .doc("Takes " + sums + " accumulators, " + tile.columns() + " sources and a weight.");
    code.method(
        "static void " + tile.named("tile"),
        "float[] weights",
        "int weight",
        "int taps",
        "float[] source",
        "int from",
        "float[] target",
        "int to");
    tile.start(code, (row, column) -> "FloatVector.zero(SPECIES)");
    code.open("for (int t = 0; t < taps; t++)");
    code.line("int at = from + t * Pack.PANEL;");
    code.line("int w = weight + t * Pack.SIZE;");
    tile.load(code, "source", column -> plus("at", column, "LENGTH"));
    tile.multiply(code, "w", row -> broadcast("weights", plus("w", row)));
    code.close();
    tile.store(
        code, "target", (row, column) -> plus(plus("to", row, "Pack.PANEL"), column, "LENGTH"));
    code.close();
  }
}
