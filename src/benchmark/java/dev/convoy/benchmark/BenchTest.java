package dev.convoy.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|needs a command",
        "accuracy --epochs 0|--epochs must be at least 1, but was 0",
        "accuracy --epochs 1|warmup.epochs must be below training.epochs, 1, but was 1",
        "accuracy --seeds 1|--seeds must be at least 2, but was 1",
        "accuracy --json no/such/folder/accuracy.json|--json needs a folder that exists",
        "accuracy --job no-such.yaml|--job needs a job file, but there is none at no-such.yaml",
        "accuracy --job conf/fashion-lenet5.yaml|data.train must be pictures in a folder",
        "engine|did you mean engines?",
        "engines --networks lenet6|but was 'lenet6'",
        "engines --repetitions 0|--repetitions must be at least 1, but was 0",
        "engines --repetitions many|'many' is not an int",
        "engines --json no/such/folder/figures.json|--json needs a folder that exists",
        "engines --svg src|--svg needs a file, but src is a folder",
        "layers --seconds -1|--seconds must be at least 1, but was -1",
        "product 768|768",
        "plan --svg no/such/folder/plan.svg|--svg needs a folder that exists",
        "plan no-such.yaml|needs job files, but there is none at no-such.yaml",
        "frequency --epochs 0|--epochs must be at least 1, but was 0",
        "frequency --job no-such.yaml|--job needs a job file, but there is none at no-such.yaml",
        "larger-than-memory --images 0|--images must be at least 1, but was 0",
        "larger-than-memory --network lenet6|there is no conf/networks/lenet6.yaml",
        "transform --pictures 0|--pictures must be at least 1, but was 0",
        "transform --network lenet5|--network must take pictures of 3x32x32, but lenet5 takes",
        "mllib --epochs 0|--epochs must be at least 1, but was 0",
        "jmh noSuchKernel|no benchmark's name has 'noSuchKernel'"
      })
  void wrongArgumentsAreRefusedInALine(String arguments, String message) {
    StringWriter errors = new StringWriter();
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertEquals(2, Bench.run(new PrintWriter(errors, true), words));
    assertEquals(1, errors.toString().lines().count(), errors.toString());
    assertTrue(errors.toString().contains(message), errors.toString());
  }
}
