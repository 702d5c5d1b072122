package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.Targets;
import dev.convoy.loss.Loss;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * Says what labels must be to suit a network and its loss: class numbers below the number of
 * outputs, or vectors of as many values, where the loss takes vectors.
 *
 * @param outputs of the network
 * @param loss that compares them with the labels
 */
public record LabelRule(int outputs, Loss loss) implements Serializable {
  public LabelRule {
    Check.positive(outputs, "LabelRule.outputs");
  }

  /** Class numbers below {@code classes}. */
  public static LabelRule classes(int classes) {
    return new LabelRule(classes, new SoftmaxCrossEntropy());
  }

  /** Returns what is learnt from labels that are vectors, or class numbers. */
  public Task task(boolean vectors) {
    return vectors ? loss.vectorTask() : Task.CLASSIFICATION;
  }

  /**
   * Checks vectors before any of them is read.
   *
   * @param file for errors
   * @param count how many there are
   * @param width values of each
   * @throws DataException if the loss takes none, or none of this width
   */
  void checkVectors(String file, int count, int width) {
    if (task(true) == Task.CLASSIFICATION) {
      throw new DataException(
          file
              + ": labels must be class numbers, [N], for "
              + loss.kind()
              + ", but are vectors, ["
              + count
              + ", "
              + width
              + "]; binaryCrossEntropy takes several labels an image");
    } else if (width != outputs) {
      throw new DataException(
          file
              + ": target vectors must have "
              + outputs
              + " values, one an output of the network, but have "
              + width);
    }
  }

  /**
   * Checks labels one by one.
   *
   * @param file for errors
   * @param first number of the first label in the file
   * @throws DataException at the first that does not suit
   */
  void check(String file, Targets targets, int first) {
    if (targets.areVectors()) {
      for (int image = 0; image < targets.size(); image++) {
        checkVector(file, targets, image, first);
      }
      return;
    }
    int[] classes = targets.classes();
    for (int image = 0; image < classes.length; image++) {
      if (classes[image] >= outputs) {
        throw new DataException(
            file
                + ": labels must be below "
                + outputs
                + ", the number of classes, but label "
                + (first + image)
                + " (counted from 0) is "
                + classes[image]);
      }
    }
  }

  private void checkVector(String file, Targets targets, int image, int first) {
    boolean binary = task(true) == Task.MULTI_LABEL;
    for (int c = 0; c < outputs; c++) {
      float value = targets.value(image, c);
      if (binary ? value != 0 && value != 1 : !Float.isFinite(value)) {
        throw new DataException(
            file
                + ": targets must be "
                + (binary ? "0 or 1 for " + loss.kind() : "finite numbers")
                + ", but value "
                + c
                + " of label "
                + (first + image)
                + " (both counted from 0) is "
                + (value == (int) value ? Integer.toString((int) value) : Float.toString(value)));
      }
    }
  }
}
