package dev.convoy.kernel.generator;

import static dev.convoy.kernel.generator.RegisterTile.broadcast;
import static dev.convoy.kernel.generator.RegisterTile.plus;
import static dev.convoy.kernel.generator.RegisterTile.vector;

import java.util.ArrayList;
import java.util.List;

/** Tiles of rows by vectors of columns, summed over what a matrix and a batch share. */
final class DenseTiles extends GeneratedClass {
  DenseTiles() {
    super("dense", "VectorDenseTiles");
  }

  @Override
  List<String> lanes() {
    return List.of("Lanes", "VectorWidth");
  }

  @Override
  String doc() {
    return "Computes tiles of {@link VectorDenseProduct}: four rows by some vectors of columns.";
  }

  @Override
  void body(JavaSource code) {
    withoutObjects(code);
    tile(code, new RegisterTile(4, 4));
    tile(code, new RegisterTile(4, 2));
    tile(code, new RegisterTile(4, 1));
  }

  private static void tile(JavaSource code, RegisterTile tile) {
    boolean wide = tile.columns() > 1;
    List<String> parameters = new ArrayList<>();
    parameters.addAll(List.of("VectorDenseProduct product", "int depth", "int w"));
    parameters.addAll(List.of("int row1", "int row2", "int row3", "int x"));
    parameters.addAll(List.of("float[] start", "int i", "int i1", "int i2", "int i3"));
    parameters.addAll(wide ? List.of("int startApart") : List.of());
    parameters.addAll(List.of("int y", "int y1", "int y2", "int y3"));
    code.blank();
    code.method("static void " + tile.named("tile"), parameters.toArray(String[]::new));
    code.line("float[] weights = product.weights;");
    code.line("int weightStep = product.weightStep;");
    code.line("float[] source = product.source;");
    if (wide) {
      code.line("int apart = product.sourceApart;");
    }
    code.line("float[] target = product.target;");
    if (wide) {
      code.line("int targetApart = product.targetApart;");
    }
    tile.start(code, (row, column) -> vector("start", plus(ofRow("i", row), column, "startApart")));
    code.line("int end = x + depth * Lanes.WIDTH;");
    code.open("for (int at = x; at < end; at += Lanes.WIDTH)");
    tile.load(code, "source", column -> plus("at", column, "apart"));
    tile.multiply(code, "w", row -> broadcast("weights", row == 0 ? "w" : "w + row" + row));
    code.line("w += weightStep;");
    code.close();
    tile.store(code, "target", (row, column) -> plus(ofRow("y", row), column, "targetApart"));
    code.close();
  }

  private static String ofRow(String name, int row) {
    return row == 0 ? name : name + row;
  }
}
