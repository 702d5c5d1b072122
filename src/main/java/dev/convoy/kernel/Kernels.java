package dev.convoy.kernel;

import dev.convoy.kernel.dense.DenseKernels;
import dev.convoy.kernel.elementwise.ElementwiseKernels;
import dev.convoy.kernel.lane.LaneKernels;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.normalization.NormalizationKernels;
import dev.convoy.kernel.panel.PanelKernels;
import dev.convoy.kernel.pool.PoolKernels;
import dev.convoy.kernel.tap.TapKernels;
import dev.convoy.kernel.winograd.WinogradKernels;

/**
 * The arithmetic of all layers on batches in the layout of {@link dev.convoy.kernel.lane.Lanes}, by
 * families. A family's facade checks arguments and passes them to a scalar or a vector
 * implementation; both give the same bits. Each instance has scratch memory of its own, for one
 * thread.
 */
public final class Kernels {
  private final String description;
  private final LaneKernels lanes;
  private final TapKernels taps;
  private final PanelKernels panels;
  private final WinogradKernels winograd;
  private final DenseKernels dense;
  private final PoolKernels pools;
  private final ElementwiseKernels elementwise;
  private final NormalizationKernels normalization;
  private final Workspace workspace = new Workspace();

  Kernels(Backends backends) {
    description = backends.description();
    lanes = new LaneKernels(backends.lanes());
    taps = new TapKernels(backends.taps());
    panels = new PanelKernels(backends.panels());
    winograd = new WinogradKernels(backends.winograd());
    dense = new DenseKernels(backends.dense());
    pools = new PoolKernels(backends.pools());
    elementwise = new ElementwiseKernels(backends.elementwise());
    normalization = new NormalizationKernels(backends.normalization());
  }

  /**
   * Returns new kernels of the implementation chosen at start: by {@code
   * -Dconvoy.kernels=scalar|vector}, else vector where the JVM has it.
   */
  public static Kernels chosen() {
    return new Kernels(KernelChoice.chosenBackends());
  }

  /** Returns new kernels in plain Java. */
  public static Kernels scalar() {
    return new Kernels(Backends.scalar());
  }

  /**
   * Returns new kernels on vectors of the CPU's preferred width.
   *
   * @throws IllegalStateException if the JVM runs without {@code jdk.incubator.vector}
   */
  public static Kernels vector() {
    return new Kernels(KernelChoice.vectorBackends());
  }

  /** Returns where the layers that run on these kernels work in turn. */
  public Workspace workspace() {
    return workspace;
  }

  /** Names the implementation, as in {@code vector (16 lanes of 512 bits)}. */
  public String description() {
    return description;
  }

  /** Returns what moves values between lanes and rows. */
  public LaneKernels lanes() {
    return lanes;
  }

  /** Returns the sums of products over taps, of which convolutions are made. */
  public TapKernels taps() {
    return taps;
  }

  /** Returns the products of matrices that lie in panels. */
  public PanelKernels panels() {
    return panels;
  }

  /** Returns the transforms of Winograd's convolution. */
  public WinogradKernels winograd() {
    return winograd;
  }

  /** Returns the products of a matrix with a batch. */
  public DenseKernels dense() {
    return dense;
  }

  /** Returns pooling. */
  public PoolKernels pools() {
    return pools;
  }

  /** Returns functions of single values. */
  public ElementwiseKernels elementwise() {
    return elementwise;
  }

  /** Returns the normalisation of channels. */
  public NormalizationKernels normalization() {
    return normalization;
  }
}
