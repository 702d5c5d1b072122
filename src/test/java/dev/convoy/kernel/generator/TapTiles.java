package dev.convoy.kernel.generator;

import static dev.convoy.kernel.generator.RegisterTile.broadcast;
import static dev.convoy.kernel.generator.RegisterTile.plus;

import java.util.ArrayList;
import java.util.List;

/** Tiles of filters by positions, summed over taps. */
final class TapTiles extends GeneratedClass {
  private static final int PACK = 4;

  TapTiles() {
    super("tap", "VectorTapTiles");
  }

  @Override
  List<String> lanes() {
    return List.of("Pack", "VectorWidth");
  }

  @Override
  String doc() {
    return "Computes tiles of {@link VectorTapProduct}: some filters by some vectors of positions,"
        + " over all taps.";
  }

  @Override
  void body(JavaSource code) {
    withoutObjects(code);
    tile(code, new RegisterTile(4, 4), 1);
    code.blank()
        .doc(
            "Takes filters of two packs at once: 18 accumulators, 3 sources and 6 weights fill 27"
                + " of 32 registers.");
    method(code, new RegisterTile(6, 3), 5);
    tile(code, new RegisterTile(2, 4), 1);
    tile(code, new RegisterTile(4, 2), 1);
    tile(code, new RegisterTile(4, 1), 1);
  }

  private static void tile(JavaSource code, RegisterTile tile, int leastFilters) {
    code.blank();
    method(code, tile, leastFilters);
  }

  /** Writes a tile that is taken for so many filters or more; of fewer than its rows, some wait. */
  private static void method(JavaSource code, RegisterTile tile, int leastFilters) {
    boolean wide = tile.columns() > 1;
    List<String> parameters = new ArrayList<>();
    parameters.addAll(List.of("int[] offsets", "float[] weights", "int weight"));
    parameters.addAll(List.of("float[] start", "int first", "float[] source", "int from"));
    parameters.addAll(wide ? List.of("int step") : List.of());
    parameters.addAll(List.of("float[] target", "int to", "int plane"));
    parameters.addAll(wide ? List.of("int advance", "int filters") : List.of("int filters"));
    code.method("static void " + tile.named("tile"), parameters.toArray(String[]::new));
    if (tile.rows() > PACK) {
      code.line("int second = offsets.length * Pack.SIZE;");
    }
    tile.start(
        code,
        (row, column) ->
            column == 0 ? broadcast("start", plus("first", row)) : RegisterTile.sum(row, 0));
    code.open("for (int t = 0; t < offsets.length; t++)");
    code.line("int at = from + offsets[t];");
    code.line("int w = weight + t * Pack.SIZE;");
    tile.load(code, "source", column -> plus("at", column, "step"));
    tile.multiply(
        code, "w", row -> broadcast("weights", plus(row < PACK ? "w" : "w + second", row % PACK)));
    code.close();
    for (int row = 0; row < tile.rows(); row++) {
      if (row >= leastFilters) {
        code.open("if (filters < " + (row + 1) + ")").line("return;").close();
      }
      String to = plus("to", row, "plane");
      tile.storeRow(code, row, "target", column -> plus(to, column, "advance"));
    }
    code.close();
  }
}
