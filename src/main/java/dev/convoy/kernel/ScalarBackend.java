package dev.convoy.kernel;

import java.util.Arrays;

/** Plain Java: the oracle of the vector kernels, and what runs without them. */
final class ScalarBackend implements KernelBackend {
  private final WinogradBackend winograd = new ScalarWinograd();
  private final DenseBackend dense = new ScalarDense();
  private final NormalizationBackend normalization = new ScalarNormalization();
  private final float[] sums = new float[Lanes.WIDTH];

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public void product(
      TapGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int taps = geometry.taps();
    for (int f = 0; f < filters; f++) {
      int w = weightsOffset + f / Kernels.PACK * taps * Kernels.PACK + f % Kernels.PACK;
      for (int row = 0; row < geometry.rows(); row++) {
        for (int column = 0; column < geometry.columns(); column++) {
          int from = sourceOffset + row * geometry.sourceRow() + column * geometry.sourceColumn();
          int to =
              targetOffset
                  + f * geometry.targetPlane()
                  + row * geometry.targetRow()
                  + column * geometry.targetColumn();
          Arrays.fill(sums, start[startOffset + f]);
          for (int t = 0; t < taps; t++) {
            addScaled(source, from + geometry.offsets()[t], weights[w + t * Kernels.PACK], sums);
          }
          System.arraycopy(sums, 0, target, to, Lanes.WIDTH);
        }
      }
    }
  }

  private static void addScaled(float[] source, int at, float weight, float[] sums) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      sums[lane] = Math.fma(source[at + lane], weight, sums[lane]);
    }
  }

  @Override
  public void productGradient(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] gradient,
      int gradientOffset) {
    int taps = geometry.taps();
    for (int f = 0; f < filters; f++) {
      for (int t = 0; t < taps; t++) {
        Arrays.fill(sums, 0);
        for (int block = 0; block < blocks; block++) {
          for (int row = 0; row < geometry.rows(); row++) {
            int x =
                sourceOffset
                    + block * sourceBlock
                    + row * geometry.sourceRow()
                    + geometry.offsets()[t];
            int y =
                targetOffset
                    + block * targetBlock
                    + f * geometry.targetPlane()
                    + row * geometry.targetRow();
            for (int column = 0; column < geometry.columns(); column++) {
              addProducts(
                  source,
                  x + column * geometry.sourceColumn(),
                  target,
                  y + column * geometry.targetColumn(),
                  sums);
            }
          }
        }
        gradient[gradientOffset + f * taps + t] = Lanes.sum(sums, 0);
      }
    }
  }

  private static void addProducts(float[] x, int xAt, float[] y, int yAt, float[] sums) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      sums[lane] = Math.fma(x[xAt + lane], y[yAt + lane], sums[lane]);
    }
  }

  @Override
  public void addProduct(
      MatrixGeometry geometry,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    for (int m = 0; m < geometry.rows(); m++) {
      int to = targetOffset + m * geometry.targetRow();
      int from = leftOffset + m / Kernels.PACK * geometry.leftGroup() + m % Kernels.PACK;
      for (int n = 0; n < geometry.columns(); n += Lanes.WIDTH) {
        for (int first = 0; first < geometry.depth(); first += MatrixGeometry.STRETCH) {
          Arrays.fill(sums, 0);
          int end = Math.min(geometry.depth(), first + MatrixGeometry.STRETCH);
          for (int k = first; k < end; k++) {
            float weight = left[from + k * geometry.leftStep()];
            addScaled(right, rightOffset + k * geometry.rightStep() + n, weight, sums);
          }
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            target[to + n + lane] += sums[lane];
          }
        }
      }
    }
  }

  @Override
  public void panelProduct(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    int row = Kernels.PACK * Lanes.WIDTH;
    for (int panel = 0; panel * Kernels.PACK < blocks; panel++) {
      int used = Math.min(Kernels.PACK, blocks - panel * Kernels.PACK) * Lanes.WIDTH;
      int x = sourceOffset + panel * taps * row;
      for (int f = 0; f < filters; f++) {
        int to = targetOffset + (panel * filters + f) * row;
        int from = weightsOffset + f / Kernels.PACK * taps * Kernels.PACK + f % Kernels.PACK;
        for (int i = 0; i < used; i++) {
          float sum = 0;
          for (int t = 0; t < taps; t++) {
            sum = Math.fma(source[x + t * row + i], weights[from + t * Kernels.PACK], sum);
          }
          target[to + i] = sum;
        }
      }
    }
  }

  @Override
  public void addPanelGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    int channels = groups * Lanes.WIDTH;
    for (int f = 0; f < filters; f++) {
      int from = leftOffset + f * Kernels.PANEL;
      for (int group = 0; group < groups; group++) {
        boolean paired = group / 2 < groups / 2;
        int step = paired ? 2 * Lanes.WIDTH : Lanes.WIDTH;
        int x = rightOffset + group / 2 * 2 * Kernels.PANEL * Lanes.WIDTH + group % 2 * Lanes.WIDTH;
        Arrays.fill(sums, 0);
        for (int k = 0; k < depth; k++) {
          addScaled(right, x + k * step, left[from + k], sums);
        }
        int to = targetOffset + f * channels + group * Lanes.WIDTH;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          target[to + lane] += sums[lane];
        }
      }
    }
  }

  @Override
  public void addPlaneProduct(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    for (int f = 0; f < filters; f++) {
      int w = leftOffset + f / Lanes.WIDTH * geometry.targetPlane() + f % Lanes.WIDTH;
      for (int t = 0; t < geometry.taps(); t++) {
        int x = sourceOffset + geometry.offsets()[t];
        Arrays.fill(sums, 0);
        for (int row = 0; row < geometry.rows(); row++) {
          for (int column = 0; column < geometry.columns(); column++) {
            addScaled(
                source,
                x + row * geometry.sourceRow() + column * geometry.sourceColumn(),
                left[w + row * geometry.targetRow() + column * geometry.targetColumn()],
                sums);
          }
        }
        int to = targetOffset + (f * geometry.taps() + t) * Lanes.WIDTH;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          target[to + lane] += sums[lane];
        }
      }
    }
  }

  @Override
  public void swapLanes(
      float[] source,
      int sourceOffset,
      int sourceStride,
      int count,
      float[] target,
      int targetOffset,
      int targetStride) {
    for (int i = 0; i < count * Lanes.WIDTH; i += Lanes.WIDTH) {
      for (int row = 0; row < Lanes.WIDTH; row++) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          target[targetOffset + lane * targetStride + i + row] =
              source[sourceOffset + row * sourceStride + i + lane];
        }
      }
    }
  }

  @Override
  public WinogradBackend winograd() {
    return winograd;
  }

  @Override
  public DenseBackend dense() {
    return dense;
  }

  @Override
  public NormalizationBackend normalization() {
    return normalization;
  }

  @Override
  public void dropoutFactors(
      long key, int threshold, float scale, float[] factors, int offset, int count) {
    for (int i = 0; i < count; i++) {
      // By the sign of the difference: no processor could foresee a branch.
      int dropped = DropoutDraw.at(key, i) - threshold >> Integer.SIZE - 1;
      factors[offset + i] = scale * (1 + dropped);
    }
  }

  @Override
  public void addPlanes(
      float[] values, int offset, int size, int planes, float[] sums, int sumsOffset) {
    for (int plane = 0; plane < planes; plane++) {
      int to = sumsOffset + plane * Lanes.WIDTH;
      for (int i = 0; i < size; i++) {
        sums[to + i % Lanes.WIDTH] += values[offset + plane * size + i];
      }
    }
  }

  @Override
  public void maxPool(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset) {
    int output = 0;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            maxOfWindow(
                geometry,
                m,
                n,
                source,
                x + lane,
                target,
                targetOffset + output + lane,
                winners,
                winnersOffset + output + lane);
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  private static void maxOfWindow(
      PoolGeometry geometry,
      int m,
      int n,
      float[] source,
      int plane,
      float[] target,
      int to,
      float[] winners,
      int winnerTo) {
    float best = Float.NEGATIVE_INFINITY;
    int winner = geometry.firstRow(m) * geometry.kernelWidth() + geometry.firstColumn(n);
    for (int j = geometry.firstRow(m); j < geometry.endRow(m); j++) {
      for (int k = geometry.firstColumn(n); k < geometry.endColumn(n); k++) {
        float value = source[plane + geometry.pixel(m, n, j, k) * Lanes.WIDTH];
        // Written so that NaN wins over any number and nothing wins over NaN.
        if (!(value <= best) && !Float.isNaN(best)) {
          best = value;
          winner = j * geometry.kernelWidth() + k;
        }
      }
    }
    target[to] = best;
    winners[winnerTo] = winner;
  }

  @Override
  public void maxPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset) {
    int inputs = planes * geometry.inputSize() * Lanes.WIDTH;
    Arrays.fill(sourceGradient, sourceOffset, sourceOffset + inputs, 0);
    int output = 0;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            int winner = (int) winners[winnersOffset + output + lane];
            int j = winner / geometry.kernelWidth();
            int k = winner % geometry.kernelWidth();
            int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH + lane;
            sourceGradient[at] += gradient[gradientOffset + output + lane];
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  @Override
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.exp(source[sourceOffset + i]);
    }
  }

  @Override
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.tanh(source[sourceOffset + i]);
    }
  }

  @Override
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.sigmoid(source[sourceOffset + i]);
    }
  }

  @Override
  public void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      float x = source[sourceOffset + i];
      target[targetOffset + i] = x <= 0 ? 0 : x;
    }
  }

  @Override
  public void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count) {
    for (int i = 0; i < count; i++) {
      if (output[outputOffset + i] <= 0) {
        gradient[gradientOffset + i] = 0;
      }
    }
  }

  @Override
  public void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.expm1(source[sourceOffset + i]);
    }
  }

  @Override
  public void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.log1p(source[sourceOffset + i]);
    }
  }

  @Override
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.erf(source[sourceOffset + i]);
    }
  }

  @Override
  public void replaceUnlessPositive(
      float[] test,
      int testOffset,
      float[] other,
      int otherOffset,
      float[] target,
      int targetOffset,
      int count) {
    for (int i = 0; i < count; i++) {
      if (!(test[testOffset + i] > 0)) {
        target[targetOffset + i] = other[otherOffset + i];
      }
    }
  }

  @Override
  public void avgPool(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int output = targetOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          Arrays.fill(sums, 0);
          for (int j = geometry.firstRow(m); j < geometry.endRow(m); j++) {
            for (int k = geometry.firstColumn(n); k < geometry.endColumn(n); k++) {
              addScaled(source, x + geometry.pixel(m, n, j, k) * Lanes.WIDTH, 1, sums);
            }
          }
          float factor = scale[m * geometry.outputWidth() + n];
          for (int lane = 0; lane < Lanes.WIDTH; lane++) {
            target[output + lane] = sums[lane] * factor;
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }

  @Override
  public void avgPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    int inputs = planes * geometry.inputSize() * Lanes.WIDTH;
    Arrays.fill(sourceGradient, sourceOffset, sourceOffset + inputs, 0);
    int output = gradientOffset;
    for (int plane = 0; plane < planes; plane++) {
      int x = sourceOffset + plane * geometry.inputSize() * Lanes.WIDTH;
      for (int m = 0; m < geometry.outputHeight(); m++) {
        for (int n = 0; n < geometry.outputWidth(); n++) {
          float factor = scale[m * geometry.outputWidth() + n];
          for (int j = geometry.firstRow(m); j < geometry.endRow(m); j++) {
            for (int k = geometry.firstColumn(n); k < geometry.endColumn(n); k++) {
              int at = x + geometry.pixel(m, n, j, k) * Lanes.WIDTH;
              for (int lane = 0; lane < Lanes.WIDTH; lane++) {
                float product = gradient[output + lane] * factor;
                sourceGradient[at + lane] += product;
              }
            }
          }
          output += Lanes.WIDTH;
        }
      }
    }
  }
}
