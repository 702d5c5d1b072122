package dev.convoy.report.explain;

import dev.convoy.image.ImageBlock;
import dev.convoy.model.Model;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.report.Numbers;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model on one image, and gathers what came of it.
 *
 * <p>The page stays below some megabytes whatever the network: each kind of content has a share,
 * which its layers divide among them.
 */
public final class Explainer {
  /** Values of all maps, forward and back, a byte each. */
  private static final int MAPS = 1_500_000;

  /** Values of all convolutions that can be played through, 4 bytes each. */
  private static final int SUMS = 250_000;

  /** Values of all pooling layers that can be looked into, 4 bytes each. */
  private static final int POOLS = 60_000;

  /** The most values of one layer: no reader picks among more. */
  private static final int MOST_OF_A_LAYER = 30_000;

  /** Side of the map over the image at most. */
  private static final int SIDE = 256;

  private Explainer() {}

  /**
   * Explains what a model makes of an image.
   *
   * @param modelName what the user called it
   * @param imageName what the user called it
   * @param image one, of the shape that the network takes
   * @param label class whose loss goes back; absent for the one that the model predicts
   */
  public static Explanation explain(
      Model model, String modelName, ImageBlock image, String imageName, @Nullable Integer label) {
    Trace trace = new Trace(model, image, label);
    List<String> names = model.classNames();
    Shape input = model.network().input();
    float[] gradient = trace.gradient(0);
    return new Explanation(
        modelName,
        PictureView.of(imageName, model.network(), image, model.normalization()),
        ClassView.of(trace, names, trace.predicted()),
        ClassView.of(trace, names, trace.target()),
        label != null,
        Numbers.significant(trace.loss()),
        ClassView.of(trace, names),
        names.size(),
        Numbers.count(model.network().parameterCount()),
        Participation.of(model.network()),
        layers(trace),
        convolutions(trace),
        pools(trace),
        MapSheet.of(1, 1, input.height(), input.width(), signed(gradient, input), SIDE),
        MapSheet.of(1, 1, input.height(), input.width(), absolute(gradient, input), SIDE));
  }

  private static List<LayerView> layers(Trace trace) {
    int count = trace.network().nodes().size();
    return IntStream.range(0, count)
        .mapToObj(i -> LayerView.of(trace, i, MAPS / (2 * count)))
        .toList();
  }

  private static List<ConvolutionView> convolutions(Trace trace) {
    List<Node> nodes = trace.network().nodes();
    int values = share(SUMS, nodes, Conv2d.class);
    List<ConvolutionView> found = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).layer() instanceof Conv2d convolution) {
        found.add(ConvolutionView.of(trace, i, convolution, values));
      }
    }
    return List.copyOf(found);
  }

  private static List<PoolView> pools(Trace trace) {
    List<Node> nodes = trace.network().nodes();
    int values = share(POOLS, nodes, MaxPool2d.class, AvgPool2d.class);
    List<PoolView> found = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).layer() instanceof MaxPool2d pool) {
        found.add(PoolView.max(trace, i, pool, values));
      } else if (nodes.get(i).layer() instanceof AvgPool2d pool) {
        found.add(PoolView.average(trace, i, pool, values));
      }
    }
    return List.copyOf(found);
  }

  /** Computes what each layer of these kinds may have. */
  private static int share(int values, List<Node> nodes, Class<?>... kinds) {
    long count =
        nodes.stream().filter(node -> List.of(kinds).contains(node.layer().getClass())).count();
    return (int) Math.min(MOST_OF_A_LAYER, values / Math.max(1, count));
  }

  private static float[] signed(float[] gradient, Shape input) {
    int plane = input.height() * input.width();
    float[] sums = new float[plane];
    for (int i = 0; i < gradient.length; i++) {
      sums[i % plane] += gradient[i];
    }
    return sums;
  }

  private static float[] absolute(float[] gradient, Shape input) {
    int plane = input.height() * input.width();
    float[] largest = new float[plane];
    for (int i = 0; i < gradient.length; i++) {
      largest[i % plane] = Math.max(largest[i % plane], Math.abs(gradient[i]));
    }
    return largest;
  }
}
