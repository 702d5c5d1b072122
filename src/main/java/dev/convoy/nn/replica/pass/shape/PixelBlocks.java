package dev.convoy.nn.replica.pass.shape;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.layer.DepthToSpace.ChannelOrder;
import dev.convoy.tensor.Shape;

/** The way between channels and the cells of square blocks of pixels, and back. */
final class PixelBlocks {
  private final int side;
  private final int channels;
  private final int height;
  private final int width;
  private final boolean byCell;

  /**
   * Blocks of an image.
   *
   * @param side of a block in pixels
   * @param deep the shape whose channels are the blocks' cells
   */
  PixelBlocks(int side, ChannelOrder order, Shape deep) {
    this.side = side;
    channels = deep.channels() / (side * side);
    height = deep.height();
    width = deep.width();
    byCell = order == ChannelOrder.DCR;
  }

  /** Lays channels out as cells. */
  void toSpace(float[] deep, float[] wide, int blocks) {
    move(deep, wide, blocks, true);
  }

  /** Lays cells out as channels. */
  void toDepth(float[] wide, float[] deep, int blocks) {
    move(wide, deep, blocks, false);
  }

  private void move(float[] source, float[] target, int blocks, boolean toSpace) {
    for (int image = 0; image < blocks; image++) {
      for (int c = 0; c < channels; c++) {
        for (int row = 0; row < height * side; row++) {
          int wide = ((image * channels + c) * height * side + row) * width * side;
          for (int j = 0; j < side; j++) {
            int cell = row % side * side + j;
            int channel = byCell ? cell * channels + c : c * side * side + cell;
            int plane = image * channels * side * side + channel;
            int deep = (plane * height + row / side) * width;
            moveRow(source, target, deep, wide + j, toSpace);
          }
        }
      }
    }
  }

  /** Moves a row of one channel to or from every block's cell; places are in pixels. */
  private void moveRow(float[] source, float[] target, int deep, int wide, boolean toSpace) {
    for (int w = 0; w < width; w++) {
      int near = (deep + w) * Lanes.WIDTH;
      int far = (wide + w * side) * Lanes.WIDTH;
      System.arraycopy(source, toSpace ? near : far, target, toSpace ? far : near, Lanes.WIDTH);
    }
  }
}
