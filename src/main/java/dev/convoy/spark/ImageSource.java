package dev.convoy.spark;

import dev.convoy.data.FileOpener;
import dev.convoy.data.IdxImages;
import dev.convoy.data.ImageStream;
import java.io.Serializable;

/** Where a data set's images come from; opened in the tasks that read them. */
@FunctionalInterface
public interface ImageSource extends Serializable {
  /** The images from the first on. */
  ImageStream open(FileOpener opener);

  /**
   * Images and labels in IDX files.
   *
   * @param classes every label must be below
   */
  static ImageSource idx(String images, String labels, int classes) {
    return opener -> IdxImages.open(opener, images, labels, classes);
  }
}
