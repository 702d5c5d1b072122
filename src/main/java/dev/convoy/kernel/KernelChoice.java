package dev.convoy.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses the implementation once, and says how to turn vectors on where the JVM lacks them. */
final class KernelChoice {
  static final String PROPERTY = "convoy.kernels";
  static final String MODULE = "jdk.incubator.vector";
  private static @Nullable Supplier<Backends> chosen;

  private KernelChoice() {}

  /**
   * Returns new backends of the implementation that the first call chose.
   *
   * @throws IllegalArgumentException if a property asks for what there is not
   */
  static synchronized Backends chosenBackends() {
    if (chosen == null) {
      chosen = choose(System.getProperty(PROPERTY));
    }
    return chosen.get();
  }

  static Supplier<Backends> choose(@Nullable String wanted) {
    if (wanted != null && !wanted.equals("scalar") && !wanted.equals("vector")) {
      throw new IllegalArgumentException(
          "-D" + PROPERTY + " must be scalar or vector, but was " + wanted);
    }
    if ("scalar".equals(wanted)) {
      return Backends::scalar;
    }
    if (wanted == null && !hasVectorModule()) {
      Logger logger = System.getLogger(Kernels.class.getName());
      logger.log(
          Level.WARNING,
          "Running scalar kernels, many times slower: start the JVM with --add-modules "
              + MODULE
              + " for vector kernels (in Spark: spark.driver.extraJavaOptions and"
              + " spark.executor.extraJavaOptions), or with -D"
              + PROPERTY
              + "=scalar to keep this line away");
      return Backends::scalar;
    }
    vectorBackends();
    return KernelChoice::vectorBackends;
  }

  static Backends vectorBackends() {
    if (!hasVectorModule()) {
      throw new IllegalStateException(
          "Vector kernels need a JVM started with --add-modules " + MODULE);
    }
    try {
      // By name: without the module the class can't even be linked.
      return (Backends)
          Class.forName("dev.convoy.kernel.VectorBackends")
              .getDeclaredMethod("create")
              .invoke(null);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("Vector kernels do not start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Vector kernels are not on the class path", e);
    }
  }

  private static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }
}
