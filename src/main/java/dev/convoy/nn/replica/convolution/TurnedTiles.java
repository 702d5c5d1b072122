package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.panel.PanelKernels;
import dev.convoy.kernel.winograd.MapStrides;
import dev.convoy.kernel.winograd.TileLayout;
import dev.convoy.kernel.winograd.Winograd;

/**
 * A panel of transformed tiles of sixteen images, with channels in the lanes, as {@link
 * PanelKernels#addGradient} reads them: {@code [36][pairs of groups][4 tiles][16 images][2][16]},
 * and {@code [4 tiles][16 images][16]} of a last group without a partner.
 */
final class TurnedTiles {
  private static final int TILE = Lanes.WIDTH * Lanes.WIDTH;

  private final int paired;
  private final int positionStride;
  private final TileLayout ofPair;
  private final TileLayout ofSingle;
  private final MapStrides imagesOfPair;
  private final MapStrides imagesOfSingle;
  private final Workspace workspace;

  /**
   * A panel's tiles.
   *
   * @param plane from one image's plane to the next
   */
  TurnedTiles(Workspace workspace, int groups, int plane) {
    this.workspace = workspace;
    paired = groups / 2 * 2;
    // A cache line more than needed, else all positions would fall into the same sets of the cache.
    positionStride = Math.addExact(Math.multiplyExact(groups, Pack.SIZE * TILE), Lanes.WIDTH);
    ofPair = TileLayout.evenly(2 * TILE, positionStride);
    ofSingle = TileLayout.evenly(TILE, positionStride);
    imagesOfPair = new MapStrides(Lanes.WIDTH, plane, 2 * Lanes.WIDTH);
    imagesOfSingle = new MapStrides(Lanes.WIDTH, plane, Lanes.WIDTH);
    workspace.reserve(Area.INPUT_TILES, Math.multiplyExact(Winograd.POSITIONS, positionStride));
  }

  float[] values() {
    return workspace.of(Area.INPUT_TILES);
  }

  /** Returns where a position starts. */
  int position(int position) {
    return Scratch.START + position * positionStride;
  }

  /** Returns where the first tile of a group's first image lies. */
  int offset(int group) {
    return Scratch.START + group / 2 * 2 * Pack.SIZE * TILE + group % 2 * Lanes.WIDTH;
  }

  /** Returns where the images of a group lie, from {@link #offset} on. */
  MapStrides images(int group) {
    return group < paired ? imagesOfPair : imagesOfSingle;
  }

  /** Returns where the tiles of an image lie. */
  TileLayout layout(int group) {
    return group < paired ? ofPair : ofSingle;
  }
}
