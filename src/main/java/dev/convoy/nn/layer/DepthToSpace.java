package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Lays channels out as the cells of square blocks of pixels (PyTorch's pixel shuffle), so that a
 * convolution before it works on the small image.
 *
 * <p>Maps {@code [C·b·b, H, W]} to {@code [C, H·b, W·b]}, b being the block's side: {@code y[c, h·b
 * + i, w·b + j]} is {@code x[(c·b + i)·b + j, h, w]}, or in the mode {@code dcr} {@code x[(i·b +
 * j)·C + c, h, w]}. Source: Shi et al., CVPR 2016.
 *
 * @param blockSize side of a block in pixels, at least 1
 * @param mode how a channel's number is made up; {@code CRD} by default
 */
@PublicApi
public record DepthToSpace(int blockSize, @Defaulted ChannelOrder mode) implements Layer {
  public DepthToSpace {
    checkBlock(blockSize, "DepthToSpace.blockSize");
    mode = mode == null ? ChannelOrder.CRD : mode;
  }

  /** What the channels of blocks are ordered by, in the names that ONNX gives them. */
  public enum ChannelOrder {
    /** Orders them by column and row, then depth: by the channel of the large image first. */
    CRD,
    /** Orders them by depth, then column and row: by the cell of the block first, as TensorFlow. */
    DCR
  }

  @Override
  public Shape outputShape(Shape in) {
    int cells = blockSize * blockSize;
    if (!in.isImage() || in.channels() % cells != 0) {
      throw new ShapeException(
          "needs [C, H, W] with a multiple of "
              + cells
              + " channels (its blocks of "
              + blockSize
              + "x"
              + blockSize
              + "), but got "
              + in);
    }
    return Shape.of(
        in.channels() / cells,
        Math.multiplyExact(in.height(), blockSize),
        Math.multiplyExact(in.width(), blockSize));
  }

  /** Refuses a block that no image has the channels for. */
  static void checkBlock(int blockSize, String who) {
    Check.positive(blockSize, who);
    if (blockSize > 1024) {
      throw new IllegalArgumentException(who + " must be at most 1024, but was " + blockSize);
    }
  }
}
