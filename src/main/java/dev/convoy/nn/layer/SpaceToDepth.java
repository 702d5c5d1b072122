package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Lays the cells of square blocks of pixels out as channels (PyTorch's pixel unshuffle): the
 * opposite of {@link DepthToSpace}.
 *
 * <p>Maps {@code [C, H·b, W·b]} to {@code [C·b·b, H, W]}, b being the block's side.
 *
 * @param blockSize side of a block in pixels, at least 1
 * @param mode how a channel's number is made up; {@code CRD} by default
 */
@PublicApi
public record SpaceToDepth(int blockSize, @Defaulted DepthToSpace.ChannelOrder mode)
    implements Layer {
  public SpaceToDepth {
    DepthToSpace.checkBlock(blockSize, "SpaceToDepth.blockSize");
    mode = mode == null ? DepthToSpace.ChannelOrder.CRD : mode;
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage() || in.height() % blockSize != 0 || in.width() % blockSize != 0) {
      throw new ShapeException(
          "needs [C, H, W] whose sides are multiples of its block's "
              + blockSize
              + ", but got "
              + in);
    }
    return Shape.of(
        Math.multiplyExact(in.channels(), blockSize * blockSize),
        in.height() / blockSize,
        in.width() / blockSize);
  }
}
