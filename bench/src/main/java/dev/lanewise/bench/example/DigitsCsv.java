package dev.lanewise.bench.example;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.lanewise.kernels.FloatMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads digits from CSV in the layout of the UCI data set "Optical Recognition of Handwritten
 * Digits": per line 64 integers from 0 to 16, then the class; no header.
 */
public final class DigitsCsv {
  private DigitsCsv() {}

  /**
   * Reads a file.
   *
   * @throws IOException if the file cannot be read, or its content is no digits: then with line,
   *     field and what was expected
   */
  public static Digits read(Path file) throws IOException {
    List<CsvRecord> records;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(file)) {
      records = reader.stream().toList();
    } catch (CsvParseException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (records.isEmpty()) {
      throw new IOException(file + ": no lines; expected one digit per line");
    }
    FloatMatrix images = FloatMatrix.zeros(records.size(), Digits.PIXELS);
    int[] labels = new int[records.size()];
    for (int i = 0; i < labels.length; i++) {
      CsvRecord line = records.get(i);
      if (line.getFieldCount() != Digits.PIXELS + 1) {
        throw new IOException(
            "%s, line %d: %d fields; expected %d pixels and a class"
                .formatted(
                    file, line.getStartingLineNumber(), line.getFieldCount(), Digits.PIXELS));
      }
      for (int j = 0; j < Digits.PIXELS; j++) {
        images.set(i, j, number(file, line, j, Digits.INK));
      }
      labels[i] = number(file, line, Digits.PIXELS, Digits.CLASSES - 1);
    }
    return new Digits(images, labels);
  }

  private static int number(Path file, CsvRecord line, int field, int largest) throws IOException {
    String text = line.getField(field).trim();
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      value = -1;
    }
    if (value < 0 || value > largest) {
      throw new IOException(
          "%s, line %d, field %d: \"%s\"; expected an integer from 0 to %d"
              .formatted(file, line.getStartingLineNumber(), field + 1, text, largest));
    }
    return value;
  }
}
