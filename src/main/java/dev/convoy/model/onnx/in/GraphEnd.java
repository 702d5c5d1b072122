package dev.convoy.model.onnx.in;

import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Loss;
import dev.convoy.loss.OutputActivation;
import dev.convoy.loss.SoftmaxCrossEntropy;
import org.jspecify.annotations.Nullable;

/**
 * How a graph ends: predictions are made of a network's outputs by its loss, so that a softmax or
 * sigmoid at the end is no layer.
 *
 * @param value that the network is to give
 * @param loss that makes predictions of it
 */
record GraphEnd(String value, Loss loss) {
  static GraphEnd of(Graph graph, String output, FileNotes notes, @Nullable Loss asked) {
    Operator last = graph.givers.get(output);
    String type = last == null ? "" : last.type();
    Loss told = asked == null ? notes.loss() : asked;
    OutputActivation ends =
        notes.givesOutputs()
            ? OutputActivation.NONE
            : type.equals("Softmax")
                ? OutputActivation.SOFTMAX
                : type.equals("Sigmoid") ? OutputActivation.SIGMOID : OutputActivation.NONE;
    if (told == null) {
      told =
          ends == OutputActivation.SIGMOID ? new BinaryCrossEntropy() : new SoftmaxCrossEntropy();
    }
    boolean isTaken = ends != OutputActivation.NONE && ends == told.activation();
    return new GraphEnd(isTaken && last != null ? last.input(0) : output, told);
  }
}
