package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.internal.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * CSV files of samples to classify: a sample in each line, its features and its class in the
 * fields, in UTF-8 as RFC 4180 has it. Blanks around a field and empty lines do not count.
 *
 * <p>Features are decimal numbers, rounded to float; what is none, or beyond float's range, is
 * refused. Every line has as many fields as the first. The memory that reading takes is
 * proportional to the size of the file.
 *
 * <p>Formats are immutable: {@code CsvFormat.DEFAULT.withLabelColumn("species").read(file)}.
 */
public final class CsvFormat {
  /**
   * The label in the last field; a header where the first line has no number among its features;
   * the classes that the file has.
   */
  public static final CsvFormat DEFAULT =
      new CsvFormat(Header.DETECTED, Column.LAST, List.of(), false);

  private enum Header {
    DETECTED,
    PRESENT,
    ABSENT
  }

  /** A field by its index or, if the name is not null, by its name in the header. */
  private record Column(int index, String name) {
    static final Column LAST = new Column(-1, null);
  }

  private final Header header;
  private final Column label;
  private final List<String> classes;
  private final boolean ignoringLabels;

  private CsvFormat(Header header, Column label, List<String> classes, boolean ignoringLabels) {
    if (label.name != null && header == Header.ABSENT) {
      throw new IllegalArgumentException(
          "CsvFormat: the label column has the name \"%s\", and names are in a header"
              .formatted(label.name));
    }
    this.header = header;
    this.label = label;
    this.classes = classes;
    this.ignoringLabels = ignoringLabels;
  }

  /**
   * Says whether the first line is a header, which holds no sample.
   *
   * @param present whether it is
   * @return a format like this one
   * @throws IllegalArgumentException if there is none, and the label column has a name
   */
  public CsvFormat withHeader(boolean present) {
    Header stated = present ? Header.PRESENT : Header.ABSENT;
    return new CsvFormat(stated, label, classes, ignoringLabels);
  }

  /**
   * Says which field holds the class.
   *
   * @param index the index of the field, from 0
   * @return a format like this one
   * @throws IllegalArgumentException if the index is negative
   */
  public CsvFormat withLabelColumn(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("CsvFormat: label column is negative: " + index);
    }
    return new CsvFormat(header, new Column(index, null), classes, ignoringLabels);
  }

  /**
   * Says which field holds the class; the first line is a header then.
   *
   * @param name the name of the field in the header
   * @return a format like this one
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if the format has no header
   */
  public CsvFormat withLabelColumn(String name) {
    Checks.notNull("CsvFormat", "name", name);
    return new CsvFormat(header, new Column(-1, name), classes, ignoringLabels);
  }

  /**
   * Says which classes there are, as those of a trained model: any other label is refused. Without
   * this the classes are the labels that the file has, by value if all are integers, else by text.
   *
   * @param names the name of each class, as it is in the file
   * @return a format like this one
   * @throws NullPointerException if the list, or a name, is null
   * @throws IllegalArgumentException if there is no name, or one is there twice
   */
  public CsvFormat withClasses(List<String> names) {
    List<String> copy = ClassNames.copy("CsvFormat", names);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("CsvFormat: no classes; there must be at least one");
    }
    return new CsvFormat(header, label, copy, ignoringLabels);
  }

  /**
   * Lets {@link #readInputs(Path, int)} take a file with labels, and leave them out.
   *
   * @return a format like this one
   */
  public CsvFormat ignoringLabels() {
    return new CsvFormat(header, label, classes, true);
  }

  /**
   * Reads samples with their labels.
   *
   * @param file the file
   * @return the data set
   * @throws DataException if the file's content is not as described
   * @throws IOException if the file cannot be read
   */
  public Dataset read(Path file) throws IOException {
    try (CsvLines lines = new CsvLines(file)) {
      first(lines);
      int fields = lines.count();
      if (fields < 2) {
        throw lines.error(fields + " field", "at least one feature and a class");
      }
      int labelField = labelField(lines);
      CsvInputs inputs = new CsvInputs(lines, fields, labelField);
      CsvLabels labels = new CsvLabels(lines, labelField, classes);
      skipHeader(lines, labelField);
      do {
        inputs.add();
        labels.add();
      } while (lines.next());
      return labels.dataset(inputs.matrix());
    }
  }

  /**
   * Reads samples without labels, for a model that predicts them.
   *
   * @param file the file
   * @param features how many each line must have
   * @return a new dense row-major matrix with a sample in each row
   * @throws DataException if the file's content is not as described: also if it has labels, unless
   *     they are {@linkplain #ignoringLabels() ignored}
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the number of features is below 1
   */
  public FloatMatrix readInputs(Path file, int features) throws IOException {
    if (features < 1) {
      throw new IllegalArgumentException(
          "CsvFormat: %d features; there must be at least 1".formatted(features));
    }
    try (CsvLines lines = new CsvLines(file)) {
      first(lines);
      boolean labelled = lines.count() == features + 1;
      if (labelled && !ignoringLabels) {
        throw lines.error(
            lines.count() + " fields",
            "%d features; if the other one is the label, read with ignoringLabels()"
                .formatted(features));
      }
      if (!labelled && lines.count() != features) {
        throw lines.error(lines.count() + " fields", features + " features");
      }
      int labelField = labelled ? labelField(lines) : -1;
      CsvInputs inputs = new CsvInputs(lines, lines.count(), labelField);
      skipHeader(lines, labelField);
      do {
        inputs.add();
      } while (lines.next());
      return inputs.matrix();
    }
  }

  private static void first(CsvLines lines) throws IOException {
    if (!lines.next()) {
      throw lines.error("no lines", "a sample in each line");
    }
  }

  /** The index of the label's field, found in the first line. */
  private int labelField(CsvLines lines) throws DataException {
    if (label.name != null) {
      List<String> names = lines.fields();
      int index = names.indexOf(label.name);
      if (index < 0 || index != names.lastIndexOf(label.name)) {
        throw lines.error(
            (index < 0 ? "no field " : "several fields ") + DataException.quoted(label.name),
            "a header with that field for the label");
      }
      return index;
    }
    int index = label.equals(Column.LAST) ? lines.count() - 1 : label.index;
    if (index >= lines.count()) {
      throw lines.error(lines.count() + " fields", "the label in field " + (index + 1));
    }
    return index;
  }

  /** Goes from the first line to the first that has a sample. */
  private void skipHeader(CsvLines lines, int labelField) throws IOException {
    if (hasHeader(lines, labelField) && !lines.next()) {
      throw lines.error("no lines behind the header", "a sample in each line");
    }
  }

  private boolean hasHeader(CsvLines lines, int labelField) {
    if (header != Header.DETECTED || label.name != null) {
      return header != Header.ABSENT;
    }
    for (int i = 0; i < lines.count(); i++) {
      if (i != labelField && lines.isNumber(i)) {
        return false;
      }
    }
    return true;
  }
}
