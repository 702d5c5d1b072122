package dev.convoy.data;

import dev.convoy.api.PublicApi;

/** Says how the values of an array of pixels follow one another. */
@PublicApi
public enum PixelOrder {
  /** Channel by channel, row by row: {@code [C, H, W]}. */
  CHANNELS_FIRST,
  /** Row by row, all channels of a pixel side by side: {@code [H, W, C]}. */
  CHANNELS_LAST;

  /** The pixels channel by channel; the same array where they are. */
  byte[] channelsFirst(byte[] pixels, int channels) {
    if (this == CHANNELS_FIRST || channels == 1) {
      return pixels;
    }
    byte[] turned = new byte[pixels.length];
    int plane = pixels.length / channels;
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < channels; c++) {
        turned[c * plane + i] = pixels[i * channels + c];
      }
    }
    return turned;
  }
}
