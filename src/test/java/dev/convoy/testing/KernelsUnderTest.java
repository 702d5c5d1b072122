package dev.convoy.testing;

import dev.convoy.kernel.Kernels;
import java.util.Locale;

/** The implementations on which every kernel test runs. */
public enum KernelsUnderTest {
  SCALAR {
    @Override
    public Kernels create() {
      return Kernels.scalar();
    }
  },
  VECTOR {
    @Override
    public Kernels create() {
      return Kernels.vector();
    }
  };

  /** New kernels for the calling thread. */
  public abstract Kernels create();

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
