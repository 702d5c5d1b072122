package dev.convoy.spark.portion;

import dev.convoy.data.FileOpener;
import dev.convoy.data.IdxImages;
import dev.convoy.data.ImageStream;
import dev.convoy.data.LabelRule;
import java.io.Serializable;

/** The source of a data set's images; opened in the tasks that read them. */
@FunctionalInterface
public interface ImageSource extends Serializable {
  /** The images from the first on. */
  ImageStream open(FileOpener opener);

  /**
   * Images and class numbers in IDX files.
   *
   * @param classes every label must be below
   */
  static ImageSource idx(String images, String labels, int classes) {
    return idx(images, labels, LabelRule.classes(classes));
  }

  /**
   * Images and labels in IDX files.
   *
   * @param rule what labels must be
   */
  static ImageSource idx(String images, String labels, LabelRule rule) {
    return opener -> IdxImages.open(opener, images, labels, rule);
  }
}
