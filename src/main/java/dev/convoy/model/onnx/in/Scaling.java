package dev.convoy.model.onnx.in;

import java.util.Arrays;
import onnx.Onnx.AttributeProto;

/** Works out which pixels a resize takes. */
final class Scaling {
  private Scaling() {}

  /** How much larger each axis becomes, without the batch's. */
  static double[] scales(Operator node, Reading reading, int[] sizes) {
    int rank = sizes.length + 1;
    double[] scales = new double[rank];
    boolean isUpsample = node.type().equals("Upsample");
    int input = isUpsample || node.version() < 11 ? 1 : 2;
    if (reading.has(node, 3)) {
      int[] to = reading.list(node, 3);
      if (to.length != rank) {
        throw node.wrong("must have a size of each axis");
      }
      scales[0] = (double) to[0] / reading.batch();
      for (int i = 1; i < rank; i++) {
        scales[i] = (double) to[i] / sizes[i - 1];
      }
    } else {
      float[] given =
          reading.has(node, input) ? reading.constant(node, input).floats() : floats(node);
      if (given.length != rank) {
        throw node.wrong("must have a scale of each axis");
      }
      Arrays.setAll(scales, i -> given[i]);
    }
    if (scales[0] != 1) {
      throw node.wrong("must not change the batch");
    }
    return Arrays.copyOfRange(scales, 1, rank);
  }

  /** Whether values between pixels are worked out as Convoy does. */
  static boolean isLinear(Operator node) {
    String of = node.text("coordinate_transformation_mode", "half_pixel");
    return node.text("mode", "").equals("linear")
        && node.version() >= 11
        && (of.equals("half_pixel") || of.equals("pytorch_half_pixel"))
        && node.whole("antialias", 0) == 0;
  }

  private static float[] floats(Operator node) {
    AttributeProto attribute = node.attribute("scales");
    if (attribute == null) {
      return new float[0];
    }
    float[] scales = new float[attribute.getFloatsCount()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = attribute.getFloats(i);
    }
    return scales;
  }

  /** Whether each pixel along a side is repeated so often, as the node takes the nearest one. */
  static boolean repeats(Operator node, int side, int times) {
    boolean isOld = node.type().equals("Upsample") || node.version() < 11;
    String mode = isOld ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
    String nearest = isOld ? "floor" : node.text("nearest_mode", "round_prefer_floor");
    long out = (long) side * times;
    if (times < 1 || out > 1 << 24) {
      return false;
    }
    for (int i = 0; i < out; i++) {
      double at =
          switch (mode) {
            case "asymmetric" -> (double) i / times;
            case "half_pixel", "half_pixel_symmetric" -> (i + 0.5) / times - 0.5;
            case "pytorch_half_pixel" -> out > 1 ? (i + 0.5) / times - 0.5 : 0;
            case "align_corners" -> out > 1 ? (double) i * (side - 1) / (out - 1) : 0;
            default -> Double.NaN;
          };
      double pixel =
          switch (nearest) {
            case "floor" -> Math.floor(at);
            case "ceil" -> Math.ceil(at);
            case "round_prefer_floor" -> Math.ceil(at - 0.5);
            case "round_prefer_ceil" -> Math.floor(at + 0.5);
            default -> Double.NaN;
          };
      if (Math.min(Math.max(pixel, 0), side - 1) != i / times) {
        return false;
      }
    }
    return true;
  }
}
