package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.provider.Arguments;

/** A case of a golden file, as the README beside the files describes them. */
public final class Golden {
  /** By so much the expected values may be off, which were rounded in float64. */
  private static final double OWN = 1e-11;

  private final JsonNode json;

  private Golden(JsonNode json) {
    this.json = json;
  }

  /** A tensor of a case, in float64. */
  public record Tensor(int[] shape, double[] data) {
    /** The values rounded to float32. */
    public float[] floats() {
      float[] floats = new float[data.length];
      for (int i = 0; i < data.length; i++) {
        floats[i] = (float) data[i];
      }
      return floats;
    }

    /** The values as class numbers. */
    public int[] ints() {
      return Arrays.stream(data).mapToInt(value -> (int) value).toArray();
    }
  }

  /** All cases of a file, as in {@code "conv2d"}. */
  public static List<Golden> cases(String file) {
    String path = "/golden/" + file + ".json";
    try (InputStream in = Golden.class.getResourceAsStream(path)) {
      JsonNode cases = new ObjectMapper().readTree(in).get("cases");
      return StreamSupport.stream(cases.spliterator(), false).map(Golden::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** Each chosen case with each implementation of the kernels, as arguments of a test. */
  public static Stream<Arguments> onEveryKernel(String file, Predicate<Golden> chosen) {
    List<Arguments> arguments = new ArrayList<>();
    for (Golden golden : cases(file)) {
      if (chosen.test(golden)) {
        for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
          arguments.add(Arguments.of(golden, kernels));
        }
      }
    }
    assertTrue(!arguments.isEmpty(), "no case of " + file + " was chosen");
    return arguments.stream();
  }

  public String name() {
    return json.get("name").asText();
  }

  /** The raw value under this path, as in {@code /params/stride/0}. */
  public JsonNode at(String path) {
    return json.at(path);
  }

  /** A whole number under this path. */
  public int integer(String path) {
    assertTrue(json.at(path).isIntegralNumber(), name() + " has no whole number " + path);
    return json.at(path).asInt();
  }

  /** A number under this path, or {@code absent} where there is none. */
  public float number(String path, double absent) {
    return (float) json.at(path).asDouble(absent);
  }

  /** Whether there is a tensor under this path. */
  public boolean has(String path) {
    return json.at(path).has("data");
  }

  /** The tensor under this path, as in {@code /in/x}. */
  public Tensor tensor(String path) {
    JsonNode node = json.at(path);
    assertTrue(node.has("data"), name() + " has no tensor " + path);
    return new Tensor(
        StreamSupport.stream(node.get("shape").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray(),
        numbers(node.get("data")));
  }

  /** The numbers of an array under this path. */
  public double[] numbers(String path) {
    return numbers(json.at(path));
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode value = array.get(i);
      numbers[i] = value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
    }
    return numbers;
  }

  /**
   * Holds {@code actual} against the tensor under {@code path}, whose last part is its name.
   *
   * <p>The usual rule of tolerance: where PyTorch's float32 run is exact, so is Convoy's; else the
   * case's own bound for any order of summation holds, or where there is none {@link #tolerance}.
   */
  public void assertMatches(String path, float[] actual) {
    Tensor expected = tensor(path);
    String tensor = path.substring(path.lastIndexOf('/') + 1);
    JsonNode deviation = json.at("/f32/" + tensor + "/max_abs");
    assertTrue(deviation.isNumber(), name() + " has no f32 deviation of " + tensor);
    JsonNode bound = json.at("/abs_bound/" + tensor);
    assertEquals(expected.data().length, actual.length, name() + " " + tensor + ": length");
    for (int i = 0; i < actual.length; i++) {
      double value = expected.data()[i];
      double allowed;
      if (deviation.asDouble() == 0) {
        allowed = 0;
        value = (float) expected.data()[i];
      } else {
        allowed = bound.isNumber() ? bound.asDouble() : tolerance(deviation.asDouble(), value);
      }
      assertClose(value, actual[i], allowed, name() + " " + tensor + "[" + i + "]");
    }
  }

  /**
   * Holds {@code actual} against a tensor of few values that are sums of products: each error is
   * bounded by the roundings of its own products. Of so few values PyTorch's greatest deviation is
   * often small by luck, above all where products cancel.
   *
   * @param bounds the same values with what float32 may make of them
   */
  public void assertMatches(String path, float[] actual, Rounded... bounds) {
    double[] expected = tensor(path).data();
    assertEquals(expected.length, actual.length, name() + " " + path + ": length");
    for (int i = 0; i < actual.length; i++) {
      String what = name() + " " + path + "[" + i + "]";
      assertClose(expected[i], bounds[i].value(), OWN, what + " in float64");
      assertClose(expected[i], actual[i], bounds[i].allowed() + OWN, what);
    }
  }

  /**
   * Four times the greatest deviation of PyTorch's float32 run, whose order of summation is another
   * than Convoy's, and the rounding of the result itself.
   */
  public static double tolerance(double deviation, double value) {
    return 4 * deviation + Math.ulp((float) value);
  }

  /** Fails unless both are NaN, or equal, or at most {@code allowed} apart. */
  public static void assertClose(double expected, double actual, double allowed, String what) {
    boolean same = expected == actual || Double.isNaN(expected) && Double.isNaN(actual);
    if (!same && !(Math.abs(expected - actual) <= allowed)) {
      fail(what + ": expected " + expected + " within " + allowed + ", but was " + actual);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
