package dev.convoy.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How weights start. */
class InitializerTest {
  /** Inputs that each output of the large tensor sums: 64 channels in 2 groups, 3x3 filters. */
  private static final int FAN_IN = 32 * 9;

  /** PyTorch's count of outputs, which knows no groups: 128 filters of 3x3. */
  private static final int FAN_OUT = 128 * 9;

  private static Initializer read(String text) {
    String job = "dense: {units: 1, initializer: " + text + "}";
    return ((Dense) Binder.bind(TreeReader.read(job, "job"), Layer.class)).initializer();
  }

  /** Returns the weights {@code [128, 32, 3, 3]} of a convolution in two groups. */
  private static float[] large(Initializer initializer) {
    Conv2d layer = Conv2d.of(128, 3).withGroups(2).withoutBias().withInitializer(initializer);
    float[] weights = Network.of(Shape.of(64, 3, 3), layer).initialWeights(5).parameters();
    assertEquals(128 * FAN_IN, weights.length);
    return weights;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double deviation = Math.sqrt(squares / values.length);
    assertEquals(0, sum / values.length, 5 * deviation / Math.sqrt(values.length), "mean");
    return deviation;
  }

  private static void assertRefused(String message, Executable made) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, made).getMessage());
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void assertNormal(double deviation, Initializer initializer) {
    float[] values = large(initializer);
    assertEquals(deviation, deviation(values), 5 * deviation / Math.sqrt(2 * values.length));
    // One in 15 thousand lies beyond four deviations.
    assertTrue(largest(values) > 3.5 * deviation, "tails");
  }

  private static void assertUniform(double bound, Initializer initializer) {
    float[] values = large(initializer);
    assertEquals(bound / Math.sqrt(3), deviation(values), 0.015 * bound);
    assertEquals(bound * 0.9995, largest(values), bound * 0.0005001);
  }

  @Test
  void normalOnesHaveTheirDeviation() {
    assertNormal(Math.sqrt(2.0 / FAN_OUT), read("heNormalFanOut"));
    assertNormal(Math.sqrt(1.0 / FAN_IN), read("lecunNormal"));
    assertNormal(0.05f, read("{normal: {deviation: 0.05}}"));
  }

  @Test
  void uniformOnesReachTheirBound() {
    assertUniform(Math.sqrt(6.0 / FAN_OUT), read("heUniformFanOut"));
    assertUniform(Math.sqrt(3.0 / FAN_IN), read("lecunUniform"));
    assertUniform(0.25, read("{uniform: {bound: 0.25}}"));
  }

  @Test
  void aTruncatedNormalEndsAtItsBound() {
    float[] cut = large(read("{truncatedNormal: {deviation: 0.5, bound: 0.5}}"));
    // Cut at one deviation, sqrt(1 - 2 φ(1) / (2 Φ(1) - 1)) of it is left.
    assertEquals(0.5 * 0.539561, deviation(cut), 0.005);
    assertEquals(0.4995, largest(cut), 0.0005);
    float[] byDefault = large(read("{truncatedNormal: {deviation: 1}}"));
    assertEquals(1.998, largest(byDefault), 0.002, "bound by default");
    assertNormal(0.02f, read("{truncatedNormal: {deviation: 0.02}}"));
  }

  @Test
  void aFillIsTheSameEverywhere() {
    for (float value : large(read("{fill: {value: -0.75}}"))) {
      assertEquals(-0.75f, value);
    }
  }

  /** Hashes of the program before there were initializers with values of their own. */
  @ParameterizedTest
  @CsvSource({
    "heNormal, 8e60d787afa705d5f23825536e6f060bf345453c6c6eabb01f33ff0e6168fbbc",
    "heUniform, b83f6743242db57dbd554f3ca96b2eccb6f3ca8a1d78a57ba9393f608ec0d51d",
    "glorotNormal, ea32a15b69eeac911ceb80e28a5d84bd3cedd6fc0d266a96d79a859bd5ade062",
    "glorotUniform, 30e40a1c9739ba0b251a21f34f94201a8c8f6ebb638774e1df189a2ab36f6a1b",
    "ones, f07bc4e64fac900191a4eb7ad78ecdaf637b3e0f55c12b662f0d591ce8e7eee6",
    "zeros, ef1612a3cb97188abe082ac3c9f9bb37637954e32b507fde14c1d9cb6f3d7eeb"
  })
  void theOldestNamesDrawTheBitsThatTheyAlwaysDrew(String name, String sha256) {
    Initializer start = read(name);
    Network network =
        Network.of(
            Shape.of(4, 6, 6),
            Conv2d.of(6, 3).withGroups(2).withInitializer(start),
            new BatchNorm2d(),
            new ConvTranspose2d(4, Size.of(2), Size.of(2), null, null, null, 2, null, start),
            new Flatten(),
            new Dense(5, null, start));
    assertEquals(sha256, Fingerprint.sha256(network.initialWeights(7).parameters()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {fill: {value: .nan}} | .fill.value needs a number, but was '.nan'
          fill | .fill.value is required, but was absent
          {normal: {deviation: 0}} | .normal.deviation must be above 0, but was 0.0
          {normal: {deviation: -0.1}} | .normal.deviation must be above 0, but was -0.1
          normal | .normal.deviation is required, but was absent
          {uniform: {bound: -1}} | .uniform.bound must be above 0, but was -1.0
          uniform | .uniform.bound is required, but was absent
          {truncatedNormal: {deviation: -1}} | .truncatedNormal.deviation must be above 0, but was -1.0
          {truncatedNormal: {deviation: 1, bound: 0.05}} | .truncatedNormal.bound must be at least a tenth of the deviation 1.0, but was 0.05
          {truncatedNormal: {deviation: 30}} | .truncatedNormal.bound must be at least a tenth of the deviation 30.0, but was 2.0
          {truncatedNormal: {bound: 1}} | .truncatedNormal.deviation is required, but was absent
          {heNormal: {deviation: 1}} | .heNormal.deviation is unknown (allowed: no keys here)
          heNormalFanout | needs one of KINDS, but was 'heNormalFanout'; did you mean heNormalFanOut?
          """)
  void oneLineSaysWhatIsWrong(String text, String message) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(text));
    String kinds = String.join(", ", Names.kinds(Initializer.class).keySet());
    assertEquals(
        message.replace("KINDS", kinds),
        e.getMessage().replaceFirst("^job:1: dense.initializer ?", ""));
  }

  /** What no job can hold, since its numbers are finite. */
  @Test
  void valuesThatAreNoNumbersAreRefused() {
    float nan = Float.NaN;
    assertRefused(
        "Fill.value must be a finite number, but was NaN", () -> new Initializer.Fill(nan));
    assertRefused(
        "Normal.deviation must be above 0, but was NaN", () -> new Initializer.Normal(nan));
    assertRefused("Uniform.bound must be above 0, but was NaN", () -> new Initializer.Uniform(nan));
    assertRefused(
        "TruncatedNormal.bound must be at least a tenth of the deviation 1.0, but was NaN",
        () -> new Initializer.TruncatedNormal(1f, nan));
  }
}
