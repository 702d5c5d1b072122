package dev.convoy.nn.replica.step;

import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;

/** What the layers of a replica share in one step. The replica's thread owns it. */
public final class StepContext {
  private final float[] parameters;
  private final float[] gradients;
  private final float[] buffers;

  /** 1 in the lanes of the last lane block that hold an image, 0 in the others. */
  private final float[] lastLanes = new float[Lanes.WIDTH];

  private int images;
  private boolean training;
  private boolean sameParameters;
  private long randomKey;

  public StepContext(float[] parameters, float[] gradients, float[] buffers) {
    this.parameters = parameters;
    this.gradients = gradients;
    this.buffers = buffers;
  }

  /**
   * Begins a step of so many images.
   *
   * @param sameParameters whether the parameters are those of the step before, so that what was
   *     made of them can be used again
   */
  public void begin(int images, boolean training, boolean sameParameters) {
    this.images = images;
    this.training = training;
    this.sameParameters = sameParameters;
    int last = images - (blocks() - 1) * Lanes.WIDTH;
    Arrays.fill(lastLanes, 0, last, 1);
    Arrays.fill(lastLanes, last, Lanes.WIDTH, 0);
  }

  /** Sets what the next layer draws from. */
  public void drawFrom(long key) {
    randomKey = key;
  }

  /** Images of the batch. */
  public int images() {
    return images;
  }

  /** Lane blocks of the batch. */
  public int blocks() {
    return Lanes.blocks(images);
  }

  /** 1 in the lanes of the last lane block that hold an image, 0 in the others. */
  public float[] lastLanes() {
    return lastLanes;
  }

  /** Returns whether this is a step of training. */
  public boolean training() {
    return training;
  }

  /** Returns whether the parameters are those of the step before. */
  public boolean sameParameters() {
    return sameParameters;
  }

  /** Returns the key from which the layer at work draws in training. */
  public long randomKey() {
    return randomKey;
  }

  /** All parameters of the network. */
  public float[] parameters() {
    return parameters;
  }

  /** The gradients of all parameters; each layer writes its own. */
  public float[] gradients() {
    return gradients;
  }

  /** All buffers of the network; in training each layer changes its own. */
  public float[] buffers() {
    return buffers;
  }
}
