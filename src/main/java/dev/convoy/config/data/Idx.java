package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;

/**
 * Two IDX files, plain or gzip.
 *
 * @param images path of the file of pixels, unsigned bytes of shape {@code [N, H, W]} or {@code [N,
 *     C, H, W]}
 * @param labels path of the file of class numbers from 0, unsigned bytes of shape {@code [N]}, or
 *     of target vectors, unsigned bytes or float32 of shape {@code [N, outputs]}
 */
@PublicApi
public record Idx(String images, String labels) implements DataSource {
  public Idx {
    Check.present(images, "Idx.images");
    Check.present(labels, "Idx.labels");
  }

  @Override
  public boolean holdsPixels() {
    return true;
  }

  @Override
  public boolean takesPreprocessing() {
    return false;
  }
}
