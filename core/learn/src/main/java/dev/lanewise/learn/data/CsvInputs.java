package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;

/** The features of a CSV file as its lines arrive: every field but that of the label. */
final class CsvInputs {
  private final CsvLines lines;
  private final int fields;

  /** The field that is no feature, or -1. */
  private final int label;

  private float[] values = new float[1024];
  private int count;
  private int rows;

  CsvInputs(CsvLines lines, int fields, int label) {
    this.lines = lines;
    this.fields = fields;
    this.label = label;
  }

  /** Takes the features of the line. */
  void add() throws DataException {
    if (lines.count() != fields) {
      throw lines.error(lines.count() + " fields", fields + ", as in the lines before");
    }
    for (int i = 0; i < fields; i++) {
      if (i != label) {
        add(lines.number(i));
      }
    }
    rows++;
  }

  private void add(float value) throws DataException {
    if (count == values.length) {
      values = Capacity.resized(values, Capacity.grown(count, lines), lines);
    }
    values[count++] = value;
  }

  /** A row for each line. */
  FloatMatrix matrix() throws DataException {
    return FloatMatrix.of(Capacity.resized(values, count, lines), rows, count / rows);
  }
}
