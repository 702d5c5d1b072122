package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.config.tree.Tagged;
import java.io.Serializable;

/** Says where labelled images come from. */
@Tagged("format")
@PublicApi
public sealed interface DataSource extends Serializable
    permits Idx, Cifar10, Cifar100, Images, Parquet, Pack, Sequencefile, Table {

  /** Returns whether images lie ready as pixels, rather than as picture files to be decoded. */
  default boolean holdsPixels() {
    return false;
  }

  /** Returns whether images may be preprocessed; else they go in as they are. */
  default boolean takesPreprocessing() {
    return true;
  }
}
