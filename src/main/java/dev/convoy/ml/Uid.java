package dev.convoy.ml;

import dev.convoy.tensor.Check;
import org.apache.spark.ml.util.Identifiable;
import org.jspecify.annotations.Nullable;

/**
 * The unique name of a stage of a pipeline. Spark's constructors ask for it before Java can have
 * set a field of the stage: until then it is parked here, by the thread that makes the stage.
 */
final class Uid {
  private static final ThreadLocal<@Nullable String> PARKED = new ThreadLocal<>();

  private final String value;

  private Uid(String value) {
    this.value = value;
  }

  /** Parks a name, from before the superclass's constructor runs. */
  static Uid parked(String uid) {
    PARKED.set(uid);
    return new Uid(uid);
  }

  /** Parks a new name that begins with this. */
  static Uid random(String prefix) {
    return parked(Identifiable.randomUID(prefix));
  }

  /** Returns the name, which is not parked any longer. */
  String taken() {
    PARKED.remove();
    return value;
  }

  /** Returns the field's value, or, as long as it has none, the parked name. */
  static String of(@Nullable String field) {
    return field == null ? Check.present(PARKED.get(), "The parked uid") : field;
  }
}
