package dev.convoy.kernel.generator;

import static dev.convoy.kernel.generator.RegisterTile.broadcast;
import static dev.convoy.kernel.generator.RegisterTile.plus;
import static dev.convoy.kernel.generator.RegisterTile.vector;

import java.util.List;

/** Tiles of filters by vectors of channels, summed over the lanes of a panel. */
final class PanelGradientTiles extends GeneratedClass {
  PanelGradientTiles() {
    super("panel", "VectorPanelGradientTiles");
  }

  @Override
  List<String> lanes() {
    return List.of("Lanes", "Pack", "VectorWidth");
  }

  @Override
  String doc() {
    return "Computes tiles of {@link VectorPanelGradient}: some filters by one or two vectors of"
        + " channels, over the lanes of a panel.";
  }

  @Override
  void body(JavaSource code) {
    code.line("private static final int LENGTH = SPECIES.length();");
    withoutObjects(code);
    tile(code, new RegisterTile(4, 2), "Takes 8 accumulators, 2 sources and a weight.");
    tile(
        code,
        new RegisterTile(8, 1),
        "Takes 8 accumulators, a source and a weight: fewer would not hide the latency of"
            + " products.");
    tile(code, new RegisterTile(4, 1), "Takes 4 accumulators, a source and a weight.");
    code.blank();
    code.method("private static void addTo", "FloatVector sum", "float[] target", "int at");
    code.line(vector("target", "at") + ".add(sum).intoArray(target, at);");
    code.close();
  }

  private static void tile(JavaSource code, RegisterTile tile, String doc) {
    code.blank().doc(doc);
    code.method(
        "static void " + tile.named("tile"),
        "int depth",
        "float[] left",
        "int w",
        "float[] right",
        "int x",
        "float[] target",
        "int y",
        "int row");
    tile.start(code, (filter, column) -> "FloatVector.zero(SPECIES)");
    code.open("for (int k = 0; k < depth; k++)");
    code.line("int at = x + k * " + (tile.columns() == 1 ? "" : "2 * ") + "Lanes.WIDTH;");
    code.line("int from = w + k;");
    tile.load(code, "right", column -> plus("at", column, "LENGTH"));
    tile.multiply(code, "w", filter -> broadcast("left", plus("from", filter, "Pack.PANEL")));
    code.close();
    tile.forEach(
        (filter, column) ->
            code.line(
                "addTo("
                    + RegisterTile.sum(filter, column)
                    + ", target, "
                    + plus(plus("y", filter, "row"), column, "LENGTH")
                    + ");"));
    code.close();
  }
}
