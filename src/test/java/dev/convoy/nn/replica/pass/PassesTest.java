package dev.convoy.nn.replica.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.nn.layer.Layer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PassesTest {
  private record Passless() {}

  @Test
  void everyPermittedLayerHasAPass() {
    assertEquals(records(Layer.class).collect(Collectors.toSet()), Set.copyOf(Passes.layers()));
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(PassesTest::records)
        : Stream.of(type);
  }

  @Test
  void aLayerWithoutAPassIsToldHowToGetOne() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> Passes.named(Passless.class));
    assertEquals(
        "Every layer must have a pass, but Passless has neither a class"
            + " PasslessPass below dev.convoy.nn.replica.pass with a constructor of a PassContext,"
            + " nor a line in Passes.exceptions",
        e.getMessage());
  }
}
