package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Multiply;
import dev.convoy.nn.replica.pass.normalization.LaneSums;
import dev.convoy.nn.replica.step.JoinPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;

/**
 * {@code y = x1 · x2}; {@code dx1 = dy · x2}, summed over what shares a factor, and the other way
 * round. Each gradient needs the input that the other is of, so that both are remembered.
 */
public final class MultiplyPass extends JoinPass {
  private enum Factors {
    OF_VALUES,
    OF_CHANNELS,
    OF_POSITIONS
  }

  private final Factors factors;

  /** Which input has the shape of the output. */
  private final int map;

  private final int channels;

  /** Floats of a channel of one lane block. */
  private final int plane;

  private final LaneSums sums = new LaneSums();
  private float[][] inputs = new float[2][0];

  public MultiplyPass(PassContext context) {
    Node node = context.node();
    Shape output = node.output();
    map = node.inputs().get(0).equals(output) ? 0 : 1;
    Shape other = node.inputs().get(1 - map);
    channels = output.channels();
    plane = output.size() / channels * Lanes.WIDTH;
    if (other.equals(output)) {
      factors = Factors.OF_VALUES;
    } else {
      factors = Multiply.weighsChannels(other, output) ? Factors.OF_CHANNELS : Factors.OF_POSITIONS;
    }
  }

  @Override
  public void forward(StepContext step, float[][] x, float[] y) {
    inputs = x;
    multiply(step, x[map], x[1 - map], y);
  }

  @Override
  public void backward(StepContext step, int input, float[] x, float[] y, float[] dy, float[] dx) {
    float[] other = inputs[1 - input];
    if (input == map || factors == Factors.OF_VALUES) {
      multiply(step, dy, other, dx);
    } else if (factors == Factors.OF_CHANNELS) {
      for (int at = 0; at < step.blocks() * channels; at++) {
        sums.clear();
        sums.addProducts(dy, at * plane, other, at * plane, plane);
        sums.store(dx, at * Lanes.WIDTH);
      }
    } else {
      sumOverChannels(step, dy, other, dx);
    }
  }

  private void multiply(StepContext step, float[] values, float[] by, float[] product) {
    int planes = step.blocks() * channels;
    if (factors == Factors.OF_VALUES) {
      for (int i = 0; i < planes * plane; i++) {
        product[i] = values[i] * by[i];
      }
      return;
    }
    for (int at = 0; at < planes; at++) {
      int start = at * plane;
      if (factors == Factors.OF_CHANNELS) {
        for (int i = start; i < start + plane; i += Lanes.WIDTH) {
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            product[i + lane] = values[i + lane] * by[at * Lanes.WIDTH + lane];
          }
        }
      } else {
        int factor = at / channels * plane;
        for (int i = 0; i < plane; i++) {
          product[start + i] = values[start + i] * by[factor + i];
        }
      }
    }
  }

  private void sumOverChannels(StepContext step, float[] dy, float[] x, float[] dx) {
    for (int block = 0; block < step.blocks(); block++) {
      for (int i = 0; i < plane; i += Lanes.WIDTH) {
        sums.clear();
        for (int c = 0; c < channels; c++) {
          int at = (block * channels + c) * plane + i;
          sums.addProducts(dy, at, x, at, Lanes.WIDTH);
        }
        sums.store(dx, block * plane + i);
      }
    }
  }
}
