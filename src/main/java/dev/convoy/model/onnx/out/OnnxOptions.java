package dev.convoy.model.onnx.out;

/**
 * Says what a graph holds beside the layers.
 *
 * @param normalizes whether it takes pixels from 0 to 255 and normalizes them itself
 * @param activates whether it ends with what makes predictions of the outputs: softmax or sigmoid,
 *     as the model's loss has it
 */
public record OnnxOptions(boolean normalizes, boolean activates) {}
