package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a forward pass stops being finite, in a network whose convolution pools as well. */
class NonFiniteValuesTest {
  private static final int IMAGES = 18;
  private static final Network NETWORK =
      Network.of(
          Shape.of(1, 6, 6),
          List.of(
              NamedLayer.of("conv", Conv2d.of(4, 3)),
              NamedLayer.of("pool", MaxPool2d.of(2, 2)),
              NamedLayer.of("flat", new Flatten()),
              NamedLayer.of("dense", Dense.of(3))));

  private final Replica replica = new Replica(NETWORK, 2 * Lanes.WIDTH, Kernels.scalar());

  NonFiniteValuesTest() {
    replica.use(NETWORK.initialWeights(1));
  }

  private NonFiniteValues afterForward() {
    replica.forwardTraining(IMAGES, 1);
    return replica.findNonFinite();
  }

  /** Of an image, pixel 0. */
  private static int pixel(int image) {
    return image / Lanes.WIDTH * 36 * Lanes.WIDTH + image % Lanes.WIDTH;
  }

  @Test
  void finiteValuesAreNotFound() {
    assertNull(afterForward());
  }

  @Test
  void theInputComesFirstAndItsImagesAreNamed() {
    replica.input()[pixel(2)] = Float.NaN;
    replica.input()[pixel(17) + 35 * Lanes.WIDTH] = Float.NEGATIVE_INFINITY;
    assertEquals(new NonFiniteValues("the input", List.of(2, 17)), afterForward());
  }

  @Test
  void aConvolutionThatPoolsIsNamedWithTheImagesThatOverflow() {
    replica.parameters()[0] = 1e30f;
    replica.input()[pixel(0)] = -1e30f;
    replica.input()[pixel(16)] = 1e30f;
    // The most negative value of a window is not its largest.
    assertEquals(new NonFiniteValues("layer 'conv'", List.of(16)), afterForward());
  }

  @Test
  void aLayerBehindFiniteOnesIsNamedWithAllImages() {
    replica.parameters()[NETWORK.parameterCount() - 1] = Float.POSITIVE_INFINITY;
    NonFiniteValues found = afterForward();
    assertEquals("layer 'dense'", found.where());
    assertEquals(IMAGES, found.images().size());
  }

  @Test
  void lanesBehindTheLastImageAreNotLookedAt() {
    replica.input()[pixel(IMAGES)] = Float.NaN;
    assertNull(afterForward());
  }
}
