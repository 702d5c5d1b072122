package dev.convoy.nn.replica;

import dev.convoy.testing.Golden;
import dev.convoy.testing.Rounded;
import dev.convoy.testing.Rounded.Sum;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The network of {@code golden/block.json}, loop within loop, with how far float32 may lie from its
 * loss and from the gradients of its vectors: a 3x3 convolution with a border of 1, batch
 * normalisation, an activation, a pool of 2x2, a dense layer and the mean softmax cross-entropy.
 */
final class PlainBlock {
  private static final double EPSILON = 1e-5;

  private final Sum loss = new Sum();
  private final Sum[] db1;
  private final Sum[] dgamma;
  private final Sum[] dbeta;
  private final Sum[] db2;

  private final int images;
  private final int channels;
  private final int height;
  private final int width;
  private final int plane;
  private final int filters;
  private final int pooled;
  private final Rounded[] gamma;
  private final Rounded[] inverse;

  /** An activation, and its slope by its output. */
  record Curve(UnaryOperator<Rounded> value, UnaryOperator<Rounded> slope) {}

  /**
   * Computes all of it.
   *
   * @param max whether the pool takes the largest value rather than the mean
   */
  PlainBlock(Golden golden, boolean max, Curve activation) {
    int[] batch = golden.tensor("/in/x").shape();
    images = batch[0];
    channels = batch[1];
    height = batch[2];
    width = batch[3];
    plane = height * width;
    gamma = input(golden, "gamma");
    Rounded[] beta = input(golden, "beta");
    filters = gamma.length;
    pooled = filters * (height / 2) * (width / 2);
    inverse = new Rounded[filters];

    Rounded[] normal = normalized(convolved(golden));
    Rounded[] active = new Rounded[normal.length];
    for (int at = 0; at < normal.length; at++) {
      Rounded scaled = gamma[filter(at)].times(normal[at]).plus(beta[filter(at)]);
      active[at] = activation.value().apply(scaled);
    }

    db2 = Rounded.sums(golden.tensor("/in/b2").data().length);
    Rounded[] back = new Rounded[normal.length];
    Arrays.fill(back, Rounded.exact(0));
    for (int image = 0; image < images; image++) {
      readOut(golden, image, active, max, back);
    }
    dgamma = Rounded.sums(filters);
    dbeta = Rounded.sums(filters);
    for (int at = 0; at < back.length; at++) {
      back[at] = back[at].times(activation.slope().apply(active[at]));
      dbeta[filter(at)].add(back[at]);
      dgamma[filter(at)].add(back[at].times(normal[at]));
    }
    db1 = Rounded.sums(filters);
    Rounded[] above = denormalized(back, normal);
    for (int at = 0; at < above.length; at++) {
      db1[filter(at)].add(above[at]);
    }
  }

  /** Returns the mean loss. */
  Rounded loss() {
    return loss.get().times(1.0 / images);
  }

  /** Returns the gradient of this name, as the golden file has it. */
  Rounded[] gradient(String name) {
    return switch (name) {
      case "db1" -> Rounded.of(db1);
      case "dgamma" -> Rounded.of(dgamma);
      case "dbeta" -> Rounded.of(dbeta);
      case "db2" -> Rounded.of(db2);
      default -> throw new IllegalArgumentException("no vector has the gradient " + name);
    };
  }

  private static Rounded[] input(Golden golden, String name) {
    return Rounded.exact(golden.tensor("/in/" + name).data());
  }

  private int filter(int at) {
    return at / plane % filters;
  }

  private Rounded[] convolved(Golden golden) {
    Rounded[] x = input(golden, "x");
    Rounded[] w1 = input(golden, "w1");
    Rounded[] b1 = input(golden, "b1");
    Sum[] sums = Rounded.sums(images * filters * plane);
    for (int at = 0; at < sums.length; at++) {
      sums[at].add(b1[filter(at)]);
      for (int tap = 0; tap < channels * 9; tap++) {
        int row = at % plane / width + tap % 9 / 3 - 1;
        int column = at % width + tap % 3 - 1;
        if (row >= 0 && row < height && column >= 0 && column < width) {
          int from = (at / (filters * plane) * channels + tap / 9) * plane + row * width + column;
          sums[at].add(x[from].times(w1[filter(at) * channels * 9 + tap]));
        }
      }
    }
    return Rounded.of(sums);
  }

  private Rounded[] normalized(Rounded[] values) {
    Rounded[] normal = new Rounded[values.length];
    Rounded[] mean = means(values);
    Rounded[] squares = new Rounded[values.length];
    for (int at = 0; at < values.length; at++) {
      normal[at] = values[at].minus(mean[filter(at)]);
      squares[at] = normal[at].times(normal[at]);
    }
    Rounded[] variance = means(squares);
    for (int f = 0; f < filters; f++) {
      inverse[f] =
          variance[f].apply(
              v -> 1 / Math.sqrt(v + EPSILON), v -> -0.5 / Math.pow(v + EPSILON, 1.5));
    }
    for (int at = 0; at < values.length; at++) {
      normal[at] = normal[at].times(inverse[filter(at)]);
    }
    return normal;
  }

  private Rounded[] means(Rounded[] values) {
    Sum[] sums = Rounded.sums(filters);
    for (int at = 0; at < values.length; at++) {
      sums[filter(at)].add(values[at]);
    }
    Rounded[] means = Rounded.of(sums);
    for (int f = 0; f < filters; f++) {
      means[f] = means[f].times(1.0 / (images * plane));
    }
    return means;
  }

  /** Returns the gradient by what was normalised. */
  private Rounded[] denormalized(Rounded[] back, Rounded[] normal) {
    Rounded[] products = new Rounded[back.length];
    for (int at = 0; at < back.length; at++) {
      products[at] = back[at].times(normal[at]);
    }
    Rounded[] mean = means(back);
    Rounded[] meanProduct = means(products);
    Rounded[] above = new Rounded[back.length];
    for (int at = 0; at < back.length; at++) {
      int f = filter(at);
      Rounded rest = back[at].minus(mean[f]).minus(normal[at].times(meanProduct[f]));
      above[at] = gamma[f].times(inverse[f]).times(rest);
    }
    return above;
  }

  /** Pools an image, reads its classes out, and spreads the gradient back over its values. */
  private void readOut(Golden golden, int image, Rounded[] active, boolean max, Rounded[] back) {
    Rounded[] w2 = input(golden, "w2");
    Rounded[] pool = new Rounded[pooled];
    for (int i = 0; i < pooled; i++) {
      int[] cells = cells(image, i);
      pool[i] = max ? active[winner(active, cells)] : mean(active, cells);
    }
    Rounded[] above = lossGradient(golden, image, pool, w2);
    for (int i = 0; i < pooled; i++) {
      Sum sum = new Sum();
      for (int k = 0; k < above.length; k++) {
        sum.add(above[k].times(w2[k * pooled + i]));
      }
      int[] cells = cells(image, i);
      int winner = winner(active, cells);
      for (int cell : cells) {
        double share = max ? cell == winner ? 1 : 0 : 0.25;
        back[cell] = sum.get().times(share);
      }
    }
  }

  private Rounded[] lossGradient(Golden golden, int image, Rounded[] pool, Rounded[] w2) {
    Rounded[] b2 = input(golden, "b2");
    int target = golden.tensor("/in/target").ints()[image];
    Rounded[] logits = new Rounded[b2.length];
    Rounded total = Rounded.exact(0);
    for (int k = 0; k < logits.length; k++) {
      Sum logit = new Sum();
      logit.add(b2[k]);
      for (int i = 0; i < pooled; i++) {
        logit.add(w2[k * pooled + i].times(pool[i]));
      }
      logits[k] = logit.get();
      total = total.plus(logits[k].apply(Math::exp, Math::exp));
    }
    loss.add(total.apply(Math::log, sum -> 1 / sum).minus(logits[target]));
    Rounded[] gradient = new Rounded[logits.length];
    for (int k = 0; k < gradient.length; k++) {
      Rounded power = logits[k].apply(Math::exp, Math::exp);
      Rounded share = power.times(total.apply(sum -> 1 / sum, sum -> 1 / (sum * sum)));
      gradient[k] = share.minus(Rounded.exact(k == target ? 1 : 0)).times(1.0 / images);
      db2[k].add(gradient[k]);
    }
    return gradient;
  }

  /** Returns where the four values of a pool's window lie, row by row. */
  private int[] cells(int image, int window) {
    int filter = window / (height / 2 * (width / 2));
    int row = window / (width / 2) % (height / 2) * 2;
    int first = ((image * filters + filter) * height + row) * width + window % (width / 2) * 2;
    return new int[] {first, first + 1, first + width, first + width + 1};
  }

  /** Returns where the largest value lies, the first of equal ones. */
  private static int winner(Rounded[] values, int[] cells) {
    int winner = cells[0];
    for (int cell : cells) {
      winner = values[cell].value() > values[winner].value() ? cell : winner;
    }
    return winner;
  }

  private static Rounded mean(Rounded[] values, int[] cells) {
    Sum sum = new Sum();
    for (int cell : cells) {
      sum.add(values[cell]);
    }
    return sum.get().times(0.25);
  }
}
