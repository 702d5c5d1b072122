package dev.convoy.train.sampling;

/**
 * What one worker does in one round.
 *
 * @param epoch from 1
 * @param worker from 0
 * @param partition where its images for this round lie; -1 if it has none left
 * @param batches positions in that block, one array a step
 */
public record Assignment(int epoch, int worker, int partition, int[][] batches) {
  /** Whether the worker has no images in this round: its share is used up. */
  public boolean isIdle() {
    return batches.length == 0;
  }
}
