package dev.convoy.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFiguresTest {
  private static final NetworkFigures FIGURES =
      new NetworkFigures(
          "any",
          10,
          3_000_000_000L,
          1_000_000_000L,
          List.of(figures("Convoy", 30, 80), figures("NCHW", 20, 40), figures("last", 15, 50)));

  private static EngineFigures figures(String name, double train, double infer) {
    return new EngineFigures(name, name, new Samples(List.of(train)), new Samples(List.of(infer)));
  }

  @Test
  void convoyIsComparedWithTheLayoutThatIsFasterInEachMode() {
    assertEquals("NCHW", FIGURES.pytorch(Mode.TRAIN).engine());
    assertEquals("last", FIGURES.pytorch(Mode.INFER).engine());
    assertEquals(1.5, FIGURES.ratio(Mode.TRAIN));
    assertEquals(1.6, FIGURES.ratio(Mode.INFER));
  }

  @Test
  void ratesAreImagesTimesOperations() {
    assertEquals(90, FIGURES.gflops(Mode.TRAIN, FIGURES.convoy()), 1e-9);
    assertEquals(80, FIGURES.gflops(Mode.INFER, FIGURES.convoy()), 1e-9);
  }
}
