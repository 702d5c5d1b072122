package dev.convoy.nn.replica;

import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The windows of an image as columns (im2col), and their sum back (col2im). The engine never lays
 * them out: a convolution whose filters each pick one cell does, and its transpose sums them.
 */
class ColumnsGoldenTest {
  static Stream<Arguments> im2col() {
    return Golden.onEveryKernel("im2col", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void im2col(Golden golden, KernelsUnderTest kernels) {
    int[] batch = golden.tensor("/in/x").shape();
    Size kernel = new Size(golden.integer("/params/kernel/0"), golden.integer("/params/kernel/1"));
    Size stride = Size.of(golden.integer("/params/stride"));
    Size dilation = Size.of(golden.integer("/params/dilation"));
    Padding padding = Padding.of(golden.integer("/params/pad"));
    int rows = batch[1] * kernel.area();
    float[] pick = new float[rows * rows];
    for (int row = 0; row < rows; row++) {
      pick[row * rows + row] = 1;
    }
    Conv2d windows = new Conv2d(rows, kernel, stride, padding, dilation, 1, false, null);
    LayerRun run = LayerRun.of(windows, batch, kernels).with(pick);
    float[] columns = run.forward(golden.tensor("/in/x").floats());
    Bits.assertSame(golden.tensor("/out/cols").floats(), columns, golden + " cols");
    float[] back = run.backward(columns);
    Bits.assertSame(golden.tensor("/out/col2im_of_cols").floats(), back, golden + " col2im");

    int height = run.replica().network().output().height();
    int width = run.replica().network().output().width();
    if ((height - 1) * stride.height()
                + dilation.height() * (kernel.height() - 1)
                + 1
                - 2 * padding.top()
            == batch[2]
        && (width - 1) * stride.width()
                + dilation.width() * (kernel.width() - 1)
                + 1
                - 2 * padding.left()
            == batch[3]) {
      ConvTranspose2d sums =
          new ConvTranspose2d(batch[1], kernel, stride, padding, 0, dilation, 1, false, null);
      LayerRun turned =
          LayerRun.of(sums, new int[] {batch[0], rows, height, width}, kernels).with(pick);
      Bits.assertSame(back, turned.forward(columns), golden + " transposed");
    }
  }
}
