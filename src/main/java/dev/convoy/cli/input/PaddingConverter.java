package dev.convoy.cli.input;

import dev.convoy.nn.layer.Padding;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A border as {@code valid}, {@code same}, or a number of pixels. */
public final class PaddingConverter implements ITypeConverter<Padding> {
  @Override
  public Padding convert(String word) {
    String plain = word.toLowerCase(Locale.ROOT);
    if (plain.equals("valid")) {
      return Padding.VALID;
    } else if (plain.equals("same")) {
      return Padding.SAME;
    } else if (plain.matches("[0-9]{1,9}")) {
      return Padding.of(Integer.parseInt(plain));
    }
    throw new TypeConversionException(
        "must be valid, same or a number of pixels, but was '" + word + "'");
  }
}
