package dev.convoy.benchmark;

/** What a network is timed at. */
enum Mode {
  /** Steps of training: forward, loss, backward, optimizer. */
  TRAIN("training"),
  /** Forward passes, as for use. */
  INFER("inference");

  private final String label;

  Mode(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
