package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.JoinPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;

/** Copies each input's channels behind those of the one before, and the gradients back. */
public final class ConcatPass extends JoinPass {
  /** Floats of one lane block of each input, and where they begin in one of the output. */
  private final int[] sizes;

  private final int[] starts;
  private final int outputBlock;

  public ConcatPass(PassContext context) {
    Node node = context.node();
    sizes = node.inputs().stream().mapToInt(Shape::size).map(size -> size * Lanes.WIDTH).toArray();
    starts = new int[sizes.length];
    for (int i = 1; i < sizes.length; i++) {
      starts[i] = starts[i - 1] + sizes[i - 1];
    }
    outputBlock = node.output().size() * Lanes.WIDTH;
  }

  @Override
  public void forward(StepContext step, float[][] x, float[] y) {
    for (int block = 0; block < step.blocks(); block++) {
      for (int input = 0; input < x.length; input++) {
        int to = block * outputBlock + starts[input];
        System.arraycopy(x[input], block * sizes[input], y, to, sizes[input]);
      }
    }
  }

  @Override
  public void backward(StepContext step, int input, float[] x, float[] y, float[] dy, float[] dx) {
    for (int block = 0; block < step.blocks(); block++) {
      int from = block * outputBlock + starts[input];
      System.arraycopy(dy, from, dx, block * sizes[input], sizes[input]);
    }
  }
}
