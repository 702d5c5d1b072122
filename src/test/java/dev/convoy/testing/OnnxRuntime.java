package dev.convoy.testing;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Map;

/** Runs ONNX files as other programs do. */
public final class OnnxRuntime {
  private OnnxRuntime() {}

  /** Returns the first output for a first input of this shape, the batch included. */
  public static float[] run(byte[] file, float[] x, long... shape) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      try (OrtSession session = environment.createSession(file, options);
          OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
          OrtSession.Result result =
              session.run(Map.of(session.getInputNames().iterator().next(), input))) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] output = new float[values.remaining()];
        values.get(output);
        return output;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
