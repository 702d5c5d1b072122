package dev.convoy.cli;

import dev.convoy.model.Model;
import dev.convoy.tensor.Shape;

/** Whether images suit a model. */
final class ModelInput {
  private ModelInput() {}

  static void check(Model model, Shape images, String name) {
    if (!images.equals(model.network().input())) {
      throw new WrongInputException(
          name
              + ": images must be "
              + model.network().input()
              + ", as the model takes, but are "
              + images);
    }
  }
}
