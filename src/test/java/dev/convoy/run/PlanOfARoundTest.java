package dev.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.Job;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A plan that is made before the number of examples is known. */
class PlanOfARoundTest {
  private static final int PIXELS = 28 * 28;

  @Test
  void aScheduleThatIsLongerThanARoundIsNoFault() throws IOException {
    Job job =
        Job.read(
            Path.of("conf/fashion-sample.yaml"),
            "training.schedule={constant: {warmup: {steps: 1000}}}");
    int round = job.distribution().workers() * job.training().batchSize();
    assertEquals(round, TrainingInput.planOfARound("job.yaml", job).sampler().examples());
    assertThrows(
        WrongInputException.class, () -> TrainingInput.plan("job.yaml", job, round, PIXELS));
  }
}
