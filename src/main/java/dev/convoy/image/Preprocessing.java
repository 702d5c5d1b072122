package dev.convoy.image;

import java.io.Serializable;

/**
 * Makes pictures of any size fit a network, in training as in use: always the same of the same
 * picture.
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
