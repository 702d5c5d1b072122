package dev.convoy.nn.replica.pass.normalization;

import dev.convoy.kernel.elementwise.ElementwiseKernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code d[c] = k + alpha / size · Σ x²} over the neighbours of c, and {@code y = x · d^-beta};
 * {@code dx[j] = dy[j] · d[j]^-beta - 2 · alpha / size · beta · x[j] · Σ dy · x · d^(-beta-1)} over
 * the channels whose neighbour j is. Works on one position of sixteen images at a time.
 */
public final class LocalResponseNormPass extends LayerPass {
  private final ElementwiseKernels kernels;
  private final int channels;

  /** Floats of a channel of one lane block. */
  private final int plane;

  /** Neighbours before and behind a channel. */
  private final int before;

  private final int behind;
  private final float share;
  private final float beta;
  private final float k;

  /** The denominators of a position without their exponent and with it, and one more of each. */
  private final float[] denominators;

  private final float[] powers;
  private final float[] products;

  public LocalResponseNormPass(PassContext context) {
    Node node = context.node();
    LocalResponseNorm layer = (LocalResponseNorm) node.layer();
    kernels = context.kernels().elementwise();
    channels = node.input().channels();
    plane = node.input().size() / channels * Lanes.WIDTH;
    before = layer.size() / 2;
    behind = layer.size() - 1 - before;
    share = layer.alpha() / layer.size();
    beta = layer.beta();
    k = layer.k();
    denominators = new float[channels * Lanes.WIDTH];
    powers = new float[channels * Lanes.WIDTH];
    products = new float[channels * Lanes.WIDTH];
  }

  @Override
  public boolean gradientInPlace() {
    return true;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    for (int block = 0; block < step.blocks(); block++) {
      int start = block * channels * plane;
      for (int at = start; at < start + plane; at += Lanes.WIDTH) {
        takeDenominators(x, at);
        for (int c = 0; c < channels; c++) {
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            int i = at + c * plane + lane;
            y[i] = x[i] * powers[c * Lanes.WIDTH + lane];
          }
        }
      }
    }
  }

  private void takeDenominators(float[] x, int at) {
    for (int c = 0; c < channels; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        float value = x[at + c * plane + lane];
        products[c * Lanes.WIDTH + lane] = value * value;
      }
    }
    int count = channels * Lanes.WIDTH;
    sumNeighbours(denominators, before, behind);
    for (int i = 0; i < count; i++) {
      // The logarithm that there is adds 1 to what it is of.
      denominators[i] = Math.fma(share, denominators[i], k);
      powers[i] = denominators[i] - 1;
    }
    kernels.log1p(powers, 0, powers, 0, count);
    for (int i = 0; i < count; i++) {
      powers[i] = -beta * powers[i];
    }
    kernels.exp(powers, 0, powers, 0, count);
  }

  /** Sums the products of each channel and of those around it. */
  private void sumNeighbours(float[] sums, int ahead, int after) {
    for (int c = 0; c < channels; c++) {
      int first = Math.max(0, c - ahead);
      int last = Math.min(channels - 1, (int) Math.min(channels, (long) c + after));
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        sums[c * Lanes.WIDTH + lane] = 0;
      }
      for (int other = first; other <= last; other++) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          sums[c * Lanes.WIDTH + lane] += products[other * Lanes.WIDTH + lane];
        }
      }
    }
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx == null) {
      return;
    }
    for (int block = 0; block < step.blocks(); block++) {
      int start = block * channels * plane;
      for (int at = start; at < start + plane; at += Lanes.WIDTH) {
        inputGradient(x, dy, dx, at);
      }
    }
  }

  private void inputGradient(float[] x, float[] dy, float[] dx, int at) {
    takeDenominators(x, at);
    for (int c = 0; c < channels; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        int i = at + c * plane + lane;
        int own = c * Lanes.WIDTH + lane;
        products[own] = dy[i] * x[i] * powers[own] / denominators[own];
      }
    }
    // A channel's neighbours before it have it behind them.
    sumNeighbours(denominators, behind, before);
    float factor = -2 * share * beta;
    for (int c = 0; c < channels; c++) {
      for (int lane = 0; lane < Lanes.WIDTH; lane++) {
        int i = at + c * plane + lane;
        int own = c * Lanes.WIDTH + lane;
        dx[i] = Math.fma(factor * x[i], denominators[own], dy[i] * powers[own]);
      }
    }
  }
}
