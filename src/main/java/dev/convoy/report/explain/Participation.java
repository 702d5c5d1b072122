package dev.convoy.report.explain;

import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.pass.pool.Windows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells how often each pixel of the image takes part in a convolution: with 3x3 filters on 5x5
 * pixels once in a corner, nine times in the middle. Pixel (y, x) takes part {@code rows[y] ·
 * columns[x]} times.
 *
 * @param layer number of the node
 * @param name of the layer
 * @param kernel height and width of its filters
 * @param rows how many windows see each row, cell by cell
 * @param columns how many windows see each column, cell by cell
 */
record Participation(int layer, String name, int[] kernel, int[] rows, int[] columns) {
  /** Counts it in the first convolution that reads the network's input; absent if none does. */
  static @Nullable Participation of(Network network) {
    List<Node> nodes = network.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).layer() instanceof Conv2d convolution && nodes.get(i).source() == 0) {
        return of(i, nodes.get(i).name(), convolution.window(network.input()));
      }
    }
    return null;
  }

  private static Participation of(int layer, String name, Window window) {
    PoolGeometry geometry = Windows.geometry(window);
    int[] rows = new int[window.inputHeight()];
    for (int m = 0; m < window.outputHeight(); m++) {
      int start = m * window.stride().height() - window.top();
      for (int j = geometry.firstRow(m); j < geometry.endRow(m); j++) {
        rows[start + j * window.dilation().height()]++;
      }
    }
    int[] columns = new int[window.inputWidth()];
    for (int n = 0; n < window.outputWidth(); n++) {
      int start = n * window.stride().width() - window.left();
      for (int k = geometry.firstColumn(n); k < geometry.endColumn(n); k++) {
        columns[start + k * window.dilation().width()]++;
      }
    }
    int[] kernel = {window.kernel().height(), window.kernel().width()};
    return new Participation(layer, name, kernel, rows, columns);
  }
}
