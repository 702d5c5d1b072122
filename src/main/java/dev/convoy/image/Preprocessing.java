package dev.convoy.image;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import java.io.Serializable;

/**
 * Makes pictures of any size fit a network, in training as in use: always the same of the same
 * picture.
 */
@PublicApi
public sealed interface Preprocessing extends Serializable permits Resize, CenterCrop {
  /** The longest list of them, each of which is work for every picture. */
  int MOST = 100;

  /**
   * The picture that comes out.
   *
   * @param name of its file, for errors
   * @throws DataException if the picture does not suit
   */
  @Internal
  Picture apply(Picture picture, String name);
}
