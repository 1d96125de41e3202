package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** The rows of a DataFrame as samples in the driver's memory. */
final class Rows {
  private Rows() {}

  /** Label and features of each row, rounded to float; classes are named by their numbers. */
  static Dataset collect(
      org.apache.spark.sql.Dataset<?> frame, String label, String features, int classes) {
    List<Row> rows = frame.select(col(label).cast("double"), col(features)).collectAsList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("LanewiseClassifier: the DataFrame has no rows");
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).anyNull()) {
        throw new IllegalArgumentException(
            "LanewiseClassifier: row %d has a null in %s or %s".formatted(i, label, features));
      }
    }
    int columns = rows.getFirst().<Vector>getAs(1).size();
    FloatMatrix inputs = FloatMatrix.zeros(rows.size(), columns);
    int[] labels = new int[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      Row row = rows.get(i);
      labels[i] = label(row.getDouble(0), i, classes);
      int number = i;
      copy(row.getAs(1), inputs.array(), i * columns, columns, () -> "row " + number);
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new Dataset(inputs, Labels.of(labels), names);
  }

  private static int label(double value, int row, int classes) {
    int label = (int) value;
    if (label != value || label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "LanewiseClassifier: the label of row %d is %s; expected an integer from 0 to %d"
              .formatted(row, value, classes - 1));
    }
    return label;
  }

  /**
   * Copies a vector of so many features, dense or sparse, rounded to float.
   *
   * @param what whose features they are, such as {@code row 3}
   */
  static void copy(Vector from, float[] to, int offset, int columns, Supplier<String> what) {
    if (from.size() != columns) {
      throw new IllegalArgumentException(
          "LanewiseClassifier: %s has %d features; expected %d"
              .formatted(what.get(), from.size(), columns));
    }
    double[] values = from.toArray();
    for (int j = 0; j < columns; j++) {
      to[offset + j] = (float) values[j];
      if (!Float.isFinite(to[offset + j])) {
        throw new IllegalArgumentException(
            "LanewiseClassifier: feature %d of %s is %s; expected a finite float"
                .formatted(j, what.get(), values[j]));
      }
    }
  }
}
