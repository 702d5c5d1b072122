package dev.convoy.data;

import dev.convoy.image.ImageBlock;

/** Counts the stretches of images of one class that follow each other in the order of the data. */
public final class LabelRuns {
  private int last = ImageBlock.NO_LABEL;
  private int runs;

  /** Adds the next image's label; images without one are passed over. */
  public void add(int label) {
    if (label != ImageBlock.NO_LABEL && label != last) {
      runs++;
      last = label;
    }
  }

  /** Returns how many stretches there are; 0 where no image has a class. */
  public int count() {
    return runs;
  }
}
