package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Window;
import onnx.Onnx.AttributeProto;

/**
 * The border that windows need, side by side, in the order of ONNX's {@code pads}.
 *
 * @param top rows above the image
 * @param left columns before it
 * @param bottom rows below it, as far as windows reach
 * @param right columns after it, as far as windows reach
 */
record Border(int top, int left, int bottom, int right) {
  /**
   * The border as far as the windows reach: what is rounded up, and what {@code same} asks for, is
   * in it, so that a reader need not know of either.
   */
  static Border of(Window window) {
    return new Border(
        window.top(),
        window.left(),
        window.paddedHeight() - window.top() - window.inputHeight(),
        window.paddedWidth() - window.left() - window.inputWidth());
  }

  AttributeProto attributes() {
    return attribute("pads", top, left, bottom, right);
  }

  static AttributeProto of(String name, Size size) {
    return attribute(name, size.height(), size.width());
  }
}
