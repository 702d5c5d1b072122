package dev.convoy.spark.format.pack;

import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * A picture that a pack leaves out, because it could not be read.
 *
 * @param index its number among the pictures, from 0
 * @param problem one line that names it and says what is wrong
 */
public record PackGap(int index, String problem) implements Serializable {
  public PackGap {
    Check.present(problem, "PackGap.problem");
  }
}
