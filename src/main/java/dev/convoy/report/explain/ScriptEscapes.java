package dev.convoy.report.explain;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import org.jspecify.annotations.Nullable;

/**
 * JSON that may stand inside a page's script element: no {@code <}, {@code >} or {@code &}, so that
 * no text can end the element, open a comment in it, or be read as markup.
 */
final class ScriptEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1;

  private final int[] ascii = standardAsciiEscapesForJSON();

  ScriptEscapes() {
    ascii['<'] = ESCAPE_STANDARD;
    ascii['>'] = ESCAPE_STANDARD;
    ascii['&'] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return null;
  }
}
