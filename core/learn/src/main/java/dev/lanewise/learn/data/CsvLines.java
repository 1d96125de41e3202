package dev.lanewise.learn.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.lanewise.learn.internal.Checks;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The lines of a CSV file one after the other; empty ones are left out. */
final class CsvLines implements Position, Closeable {
  private static final String DECIMAL = "0123456789+-.eE";

  private final Path file;
  private final Line line = new Line();
  private final CsvReader<Line> reader;
  private final Iterator<Line> lines;

  /** The fields of a line, which is one object for all lines of a file. */
  private static final class Line extends AbstractBaseCsvCallbackHandler<Line> {
    private final List<String> fields = new ArrayList<>();
    private long number = 1;

    @Override
    protected void handleBegin(long startingLineNumber) {
      fields.clear();
      number = startingLineNumber;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      fields.add(new String(buffer, offset, length).strip());
    }

    @Override
    protected Line buildRecord() {
      return this;
    }
  }

  CsvLines(Path file) throws IOException {
    this.file = Checks.notNull("CsvFormat", "file", file);
    reader =
        CsvReader.builder()
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .detectBomHeader(true)
            .build(line, file);
    lines = reader.iterator();
  }

  /** Goes to the next line, if there is one. */
  boolean next() throws IOException {
    try {
      if (!lines.hasNext()) {
        return false;
      }
      lines.next();
      return true;
    } catch (CsvParseException e) {
      throw new DataException(place(), cause(e).getMessage(), "fields between commas", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Throwable cause(Throwable e) {
    return e.getCause() == null ? e : cause(e.getCause());
  }

  /** The number of fields in the line. */
  int count() {
    return line.fields.size();
  }

  /** The fields of the line, without the blanks around them. */
  List<String> fields() {
    return line.fields;
  }

  /** The number in a field. */
  float number(int field) throws DataException {
    String text = line.fields.get(field);
    float value = parsed(text);
    if (Float.isNaN(value)) {
      throw error(field, text, "a number");
    }
    if (Float.isInfinite(value)) {
      throw error(field, text, "a number of at most %s either way".formatted(Float.MAX_VALUE));
    }
    return value;
  }

  boolean isNumber(int field) {
    return !Float.isNaN(parsed(line.fields.get(field)));
  }

  /** The value of a decimal number, NaN of any other text. */
  private static float parsed(String text) {
    // Float.parseFloat alone would take "NaN", "1f" and "0x1p3" too.
    for (int i = 0; i < text.length(); i++) {
      if (DECIMAL.indexOf(text.charAt(i)) < 0) {
        return Float.NaN;
      }
    }
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** The error of a field's content. */
  DataException error(int field, String text, String expected) {
    String found = text.isEmpty() ? "nothing" : DataException.quoted(text);
    return new DataException(place() + ", field " + (field + 1), found, expected);
  }

  @Override
  public DataException error(String found, String expected) {
    return new DataException(place(), found, expected);
  }

  private String place() {
    return file + ", line " + line.number;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
