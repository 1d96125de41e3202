package dev.lanewise.learn.data;

import java.io.IOException;

/**
 * A file's content is not what a reader expects: truncated, mislabelled, not numeric, ragged, or
 * too large for memory. The message has the file, the line and field or the byte, what was found
 * there and what was expected. Bytes count from 0, lines and fields from 1.
 */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1;

  /** What a message shows of a text that was found. */
  private static final int SHOWN = 40;

  /**
   * With a message.
   *
   * @param message the file, the place in it, what was found and what is expected
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * With a message and a cause.
   *
   * @param message the file, the place in it, what was found and what is expected
   * @param cause why
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  DataException(String where, String found, String expected) {
    this(where, found, expected, null);
  }

  DataException(String where, String found, String expected, Throwable cause) {
    super("%s: %s; expected %s".formatted(where, found, expected), cause);
  }

  /** A text of a file in quotes: its beginning, without control characters. */
  static String quoted(String text) {
    StringBuilder shown = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), SHOWN); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? ' ' : c);
    }
    return shown.append(text.length() > SHOWN ? "…\"" : "\"").toString();
  }
}
