package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.ChannelShuffle;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/** Copies each channel to its new place, and the gradients back. */
public final class ChannelShufflePass extends LayerPass {
  private final int channels;
  private final int groups;
  private final int plane;

  public ChannelShufflePass(PassContext context) {
    Node node = context.node();
    channels = node.input().channels();
    groups = ((ChannelShuffle) node.layer()).groups();
    plane = node.input().size() / channels * Lanes.WIDTH;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    deal(x, y, step.blocks(), groups);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      // What was dealt from so many groups comes together by dealing from as many as one held.
      deal(dy, dx, step.blocks(), channels / groups);
    }
  }

  private void deal(float[] source, float[] target, int blocks, int parts) {
    int each = channels / parts;
    for (int block = 0; block < blocks; block++) {
      int first = block * channels;
      for (int part = 0; part < parts; part++) {
        for (int i = 0; i < each; i++) {
          int from = first + part * each + i;
          int to = first + i * parts + part;
          System.arraycopy(source, from * plane, target, to * plane, plane);
        }
      }
    }
  }
}
