package dev.convoy.image;

import java.io.Serializable;

/**
 * What makes pictures of any size fit a network, in training as in use: the same for the same
 * picture always.
 */
public sealed interface Preprocessing extends Serializable permits Resize, CenterCrop {
  /**
   * The picture that comes out.
   *
   * @param name of its file, for errors
   * @throws DataException if the picture does not suit
   */
  Picture apply(Picture picture, String name);
}
