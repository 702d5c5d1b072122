package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.Picture;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.tensor.Shape;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An image whose pixels lie ready in a column.
 *
 * @param name for errors
 * @param known asked for the label and the weight; absent if they are not wanted
 * @param bytes of pixels
 * @param shape {@code [C, H, W]} that they must have
 * @param order of the bytes
 * @param preparation for the network
 */
public record PixelExample(
    String name,
    @Nullable Supplier<Target> known,
    byte[] bytes,
    Shape shape,
    PixelOrder order,
    Preparation preparation)
    implements RawExample {
  @Override
  public Target target() {
    return known == null ? Target.NONE : known.get();
  }

  @Override
  public byte[] pixels() {
    if (bytes.length != shape.size()) {
      throw new DataException(
          name
              + ": must have "
              + shape.size()
              + " pixel values, as the shape "
              + shape
              + " says, but has "
              + bytes.length);
    }
    byte[] pixels = order.channelsFirst(bytes, shape.channels());
    return preparation.apply(new Picture(shape, pixels), name);
  }
}
