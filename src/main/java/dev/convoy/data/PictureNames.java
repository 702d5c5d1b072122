package dev.convoy.data;

import java.util.regex.Pattern;

/**
 * Tells by the ends of names which files are taken for pictures where a folder holds others as
 * well.
 */
public final class PictureNames {
  private static final Pattern PICTURE =
      Pattern.compile("\\.(png|jpe?g|gif|bmp|webp)$", Pattern.CASE_INSENSITIVE);

  /** The ends, as errors show them. */
  public static final String ENDS = ".png, .jpg, .jpeg, .gif, .bmp or .webp";

  private PictureNames() {}

  /** Whether a file of this name is taken. */
  public static boolean isPicture(String name) {
    return PICTURE.matcher(name).find();
  }

  /** The name without its end. */
  public static String withoutEnd(String name) {
    return PICTURE.matcher(name).replaceFirst("");
  }
}
