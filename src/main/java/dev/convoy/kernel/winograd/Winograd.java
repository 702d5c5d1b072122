package dev.convoy.kernel.winograd;

/**
 * The constants of Winograd's minimal filtering F(4x4, 3x3): a tile of 4x4 outputs from 6x6 inputs
 * by 36 products instead of 144. {@code Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A}, of Toom and Cook's
 * interpolation at the points 0, ±{@link #NEAR}, ±{@link #FAR} and infinity.
 *
 * <p>With {@code a = NEAR}, {@code b = FAR}, {@code a·b = 1}, of one dimension:
 *
 * <pre>
 * Bᵀ d: d0 - 5/2·d2 + d4;  (d4 - 2·d2) ± a·(d3 - 2·d1);  (d4 - d2/2) ± b·(d3 - d1/2);  d1 - 5/2·d3 + d5
 * G g:  g0;  -2/3·(g0 + g2/2 ± a·g1);  1/6·(g0 + 2·g2 ± b·g1);  g2
 * Aᵀ m: Σ m0..m4;  a·(m1 - m2) + b·(m3 - m4);  1/2·(m1 + m2) + 2·(m3 + m4);
 *       a/2·(m1 - m2) + 2·b·(m3 - m4) + m5
 * </pre>
 *
 * <p>A tile of only two outputs a side, at the edge of a plane, takes the points 0, ±{@code a} and
 * infinity alone, 4 of a side's 6 positions, of the same transformed filters:
 *
 * <pre>
 * Bᵀ d: d0 - 2·d2;  -3/2·(d2 ± a·d1);  d3 - d1/2
 * Aᵀ m: m0 + m1 + m2;  a·(m1 - m2) + m5
 * </pre>
 *
 * <p>These points, rather than 0, ±1 and ±2, keep the values of a tile closer together, and with
 * them rounding errors.
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray, Fast Algorithms for Convolutional
 *     Neural Networks</a>
 * @see <a href="https://arxiv.org/abs/1803.10986">Barabasz et al., Error Analysis and Improving the
 *     Accuracy of Winograd Convolution</a>
 */
public final class Winograd {
  /** Side of the filters. */
  public static final int FILTER = 3;

  /** Cells of a filter. */
  public static final int CELLS = FILTER * FILTER;

  /** Side of a tile of outputs. */
  public static final int TILE = 4;

  /** Side of the inputs of a tile. */
  public static final int PATCH = 6;

  /** Products of a tile, one a position in the transformed patch. */
  public static final int POSITIONS = PATCH * PATCH;

  /** Side of a short tile of outputs, at the edge of a plane. */
  public static final int SHORT_TILE = 2;

  /** √1/2, a point of the interpolation. */
  public static final float NEAR = (float) StrictMath.sqrt(0.5);

  /** √2, a point of the interpolation. */
  public static final float FAR = (float) StrictMath.sqrt(2);

  /** {@link #NEAR} cubed. */
  public static final float NEAR_CUBED = 0.5f * NEAR;

  /** {@link #FAR} cubed. */
  public static final float FAR_CUBED = 2 * FAR;

  /** The scale of G at ±{@link #NEAR}. */
  public static final float NEAR_SCALE = -2f / 3;

  /** The scale of G at ±{@link #FAR}. */
  public static final float FAR_SCALE = 1f / 6;

  /** The factor of inputs of short tiles at ±{@link #NEAR}: one over what filters are. */
  public static final float SHORT_SCALE = -1.5f;

  private Winograd() {}

  /** Tells whether a row or column of positions is one of the points ±{@link #FAR}. */
  public static boolean isFar(int index) {
    return index == 3 || index == 4;
  }
}
