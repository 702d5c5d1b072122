package dev.convoy.config;

import dev.convoy.tensor.Check;

/**
 * Two IDX files, plain or gzip.
 *
 * @param images path of the file of pixels
 * @param labels path of the file of class numbers
 */
public record Idx(String images, String labels) implements DataSource {
  public Idx {
    Check.present(images, "Idx.images");
    Check.present(labels, "Idx.labels");
  }
}
