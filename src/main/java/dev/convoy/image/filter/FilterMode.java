package dev.convoy.image.filter;

import java.util.Locale;

/** Says how a kernel meets its window. */
public enum FilterMode {
  /** {@code G[m,n] = Σj Σk h[j,k]·f[m+j, n+k]}: what convolutional networks compute. */
  CORRELATION,

  /**
   * {@code G[m,n] = Σj Σk h[j,k]·f[m-j, n-k]}: correlation with the kernel turned by 180 degrees.
   */
  CONVOLUTION;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
