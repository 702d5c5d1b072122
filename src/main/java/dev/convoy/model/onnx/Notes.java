package dev.convoy.model.onnx;

/**
 * Names what a file of Convoy's says beside its graph, so that whoever reads it knows what to feed
 * and what comes out.
 */
public final class Notes {
  /** Names of the classes, as a list in JSON. */
  public static final String CLASSES = "classes";

  /** The means of the normalization, one a channel, as a list in JSON. */
  public static final String MEAN = "mean";

  /** The deviations of the normalization, one a channel, as a list in JSON. */
  public static final String STD = "std";

  /** Says whether the input is {@link #PIXELS} or {@link #NORMALIZED}. */
  public static final String INPUT = "input";

  /** Inputs are pixels from 0 to 255: the graph normalizes them. */
  public static final String PIXELS = "pixels";

  /** Inputs are {@code (pixel / 255 - mean) / std}. */
  public static final String NORMALIZED = "normalized";

  /** Says whether the graph gives {@link #OUTPUTS} or {@link #PREDICTIONS}. */
  public static final String OUTPUT = "output";

  /** The graph ends with the last layer. */
  public static final String OUTPUTS = "outputs";

  /** The graph ends with softmax or sigmoid, which make predictions of the outputs. */
  public static final String PREDICTIONS = "predictions";

  /** Who wrote the file. */
  public static final String PRODUCER = "Convoy";

  /** The kind of the loss that trained the network. */
  public static final String LOSS = "loss";

  /** The graph's input. */
  public static final String INPUT_VALUE = "input";

  /** What the first layer takes, where the graph normalizes. */
  public static final String NORMALIZED_VALUE = "normalized";

  /** What the last layer gives, where the graph makes predictions of it. */
  public static final String OUTPUTS_VALUE = "outputs";

  private Notes() {}
}
