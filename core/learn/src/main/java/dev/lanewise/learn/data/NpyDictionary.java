package dev.lanewise.learn.data;

import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** The dictionary in an NPY file's header, token by token. */
final class NpyDictionary {
  private static final String KEYS = "the keys 'descr', 'fortran_order' and 'shape'";
  private static final String TYPES =
      "f4 or f8, i1, i2, i4 or i8, u1, u2 or u4, with < or > before it, or |i1, |u1 or |b1";

  /** Digits of an extent; more would not fit into a long. */
  private static final int DIGITS = 18;

  private final BinaryFile file;

  /** Where the text begins in the file. */
  private final long start;

  private final String text;
  private int next;

  private NumberType type;
  private ByteOrder order;
  private boolean fortran;
  private int[] shape;

  NpyDictionary(BinaryFile file, long start, String text) {
    this.file = file;
    this.start = start;
    this.text = text;
  }

  NpyHeader parse() throws DataException {
    Set<String> keys = new HashSet<>();
    expect('{');
    while (!accept('}')) {
      int at = skipBlanks();
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> descr();
        case "fortran_order" -> fortran = truth();
        case "shape" -> shape = shape();
        default -> throw error(at, DataException.quoted(key), KEYS);
      }
      if (!keys.add(key)) {
        throw error(at, "'%s' again".formatted(key), "each key once");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (keys.size() < 3) {
      throw error(next, "the end of the dictionary", KEYS);
    }
    if (skipBlanks() < text.length()) {
      throw error(next, found(), "the end of the header");
    }
    return new NpyHeader(type, order, fortran, shape);
  }

  private void descr() throws DataException {
    int at = skipBlanks();
    String descr = string();
    String kind = descr.isEmpty() ? "" : descr.substring(1);
    type =
        switch (kind) {
          case "b1" -> NumberType.BOOLEAN;
          case "i1" -> NumberType.SIGNED_8;
          case "i2" -> NumberType.SIGNED_16;
          case "i4" -> NumberType.SIGNED_32;
          case "i8" -> NumberType.SIGNED_64;
          case "u1" -> NumberType.UNSIGNED_8;
          case "u2" -> NumberType.UNSIGNED_16;
          case "u4" -> NumberType.UNSIGNED_32;
          case "f4" -> NumberType.FLOAT_32;
          case "f8" -> NumberType.FLOAT_64;
          default -> throw error(at, DataException.quoted(descr), TYPES);
        };
    order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean known = descr.charAt(0) == '<' || descr.charAt(0) == '>';
    if (!known && !(descr.charAt(0) == '|' && type.size == 1)) {
      throw error(at, DataException.quoted(descr), TYPES);
    }
  }

  private boolean truth() throws DataException {
    int at = skipBlanks();
    for (String word : new String[] {"True", "False"}) {
      if (text.startsWith(word, at)) {
        next += word.length();
        return word.equals("True");
      }
    }
    throw error(at, found(), "True or False");
  }

  private int[] shape() throws DataException {
    int at = skipBlanks();
    int[] extents = new int[2];
    int rank = 0;
    expect('(');
    boolean comma = true;
    while (!accept(')')) {
      if (!comma) {
        throw error(next, found(), "a comma or )");
      }
      if (rank == extents.length) {
        throw error(at, "a shape of more than 2 extents", "1 or 2");
      }
      extents[rank++] = extent();
      comma = accept(',');
    }
    if (rank == 0) {
      throw error(at, "a shape without extents", "1 or 2");
    }
    if (rank == 1 && !comma) {
      throw error(at, "a number in parentheses", "a shape such as (3,) or (3, 4)");
    }
    return rank == 1 ? new int[] {extents[0]} : extents;
  }

  private int extent() throws DataException {
    int from = skipBlanks();
    while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
      next++;
    }
    String digits = text.substring(from, next);
    if (digits.isEmpty()) {
      throw error(from, found(), "an extent");
    }
    long value = digits.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw error(from, "extent " + DataException.quoted(digits), "1 to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  private String string() throws DataException {
    int at = skipBlanks();
    char quote = at < text.length() ? text.charAt(at) : 0;
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw error(at, found(), "a text in quotes");
    }
    next = end + 1;
    return text.substring(at + 1, end);
  }

  private boolean accept(char c) {
    if (skipBlanks() < text.length() && text.charAt(next) == c) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws DataException {
    if (!accept(c)) {
      throw error(next, found(), Character.toString(c));
    }
  }

  /** Where the next token begins. */
  private int skipBlanks() {
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\n')) {
      next++;
    }
    return next;
  }

  private String found() {
    return next == text.length()
        ? "the end of the header"
        : DataException.quoted(text.substring(next).strip());
  }

  private DataException error(int at, String found, String expected) {
    return file.errorAt(start + at, found, expected);
  }
}
