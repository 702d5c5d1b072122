package dev.convoy.config;

import dev.convoy.loss.Loss;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.optim.Constant;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Schedule;
import dev.convoy.tensor.Check;

/**
 * How a network is trained.
 *
 * @param epochs how often every example is used, at least 1
 * @param batchSize images of one worker's step, at least 1
 * @param loss to make small; softmax cross-entropy by default
 * @param optimizer that makes the steps
 * @param schedule of its learning rate; constant by default
 * @param shuffle whether examples come in a random order; true by default
 * @param initialWeights path of a safetensors file or a model folder to start from; {@code null}
 *     for fresh weights
 */
public record Training(
    int epochs,
    int batchSize,
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    Boolean shuffle,
    String initialWeights) {

  public Training {
    Check.positive(epochs, "Training.epochs");
    Check.positive(batchSize, "Training.batchSize");
    loss = loss == null ? new SoftmaxCrossEntropy() : loss;
    Check.present(optimizer, "Training.optimizer");
    schedule = schedule == null ? new Constant() : schedule;
    shuffle = shuffle == null || shuffle;
  }
}
