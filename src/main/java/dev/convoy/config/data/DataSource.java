package dev.convoy.config.data;

import dev.convoy.config.tree.Tagged;
import java.io.Serializable;

/** Where labelled images come from. */
@Tagged("format")
public sealed interface DataSource extends Serializable
    permits Idx, Cifar10, Cifar100, Images, Parquet, Pack, Sequencefile {

  /** Returns whether images lie ready as pixels, rather than as picture files to be decoded. */
  default boolean holdsPixels() {
    return false;
  }

  /** Returns whether images may be preprocessed; else they go in as they are. */
  default boolean takesPreprocessing() {
    return true;
  }
}
