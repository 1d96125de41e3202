package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * NPY files, the format of {@code numpy.save}, of versions 1 to 3, with rank 1 or 2, in C or
 * Fortran order, little- or big-endian. Numbers are floats of 4 or 8 bytes, signed integers of 1 to
 * 8 bytes, unsigned integers of 1 to 4 bytes, or booleans.
 *
 * <p>Numbers are rounded to float once; a number that is not finite then is refused. The memory
 * that reading takes is proportional to the size of the file.
 *
 * <p><b>Source.</b> NumPy reference, {@code numpy.lib.format}.
 */
public final class Npy {
  private static final String COUNT = ", header";

  private Npy() {}

  /**
   * Reads inputs and their labels. The classes are named 0, 1, ... to the largest label.
   *
   * @param inputs the file of the inputs, as {@link #readInputs(Path)} takes it
   * @param labels the file of the labels, as {@link #readLabels(Path)} takes it
   * @return the data set, its inputs in C order
   * @throws DataException if a file's content is not as described, or the numbers of rows and
   *     labels differ
   * @throws IOException if a file cannot be read
   */
  public static Dataset read(Path inputs, Path labels) throws IOException {
    return new SampleFiles(inputs, labels, COUNT).join(rowMajor(inputs), readLabels(labels));
  }

  /**
   * As {@link #read(Path, Path)}, with given classes, as those of a trained model.
   *
   * @param inputs the file of the inputs
   * @param labels the file of the labels, each an index into the classes
   * @param classes the name of each class
   * @return the data set, its inputs in C order
   * @throws DataException if a file's content is not as described, the numbers of rows and labels
   *     differ or a label is no class
   * @throws IOException if a file cannot be read
   */
  public static Dataset read(Path inputs, Path labels, List<String> classes) throws IOException {
    SampleFiles files = new SampleFiles(inputs, labels, COUNT);
    List<String> names = ClassNames.copy("Npy", classes);
    return files.join(rowMajor(inputs), readLabels(labels, names.size()), names);
  }

  private static FloatMatrix rowMajor(Path file) throws IOException {
    FloatMatrix x = readInputs(file);
    if (x.columnStride() == 1 && x.rowStride() == x.columns()) {
      return x;
    }
    float[] rows =
        Capacity.resized(
            new float[0],
            x.array().length,
            (found, expected) -> new DataException(file + ", in C order", found, expected));
    FloatMatrix copy = FloatMatrix.of(rows, x.rows(), x.columns());
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        copy.set(i, j, x.get(i, j));
      }
    }
    return copy;
  }

  /**
   * Reads a matrix, or an array of rank 1 as a matrix of one column.
   *
   * @param file the file
   * @return a view of a new array as it lies in the file: row-major in C order, column-major in
   *     Fortran order
   * @throws DataException if the file's content is not as described
   * @throws IOException if the file cannot be read
   */
  public static FloatMatrix readInputs(Path file) throws IOException {
    try (BinaryFile bytes = BinaryFile.open(file)) {
      NpyHeader header = NpyHeader.read(bytes);
      float[] values =
          new NumberReader(bytes, header.type(), header.order(), header.shape()).floats();
      int rows = header.shape()[0];
      int columns = values.length / rows;
      return header.fortran()
          ? FloatMatrix.of(values, 0, rows, columns, 1, rows)
          : FloatMatrix.of(values, rows, columns);
    }
  }

  /**
   * Reads labels: integers from 0 to 65535 of rank 1.
   *
   * @param file the file
   * @return the labels
   * @throws DataException if the file's content is not as described
   * @throws IOException if the file cannot be read
   */
  public static Labels readLabels(Path file) throws IOException {
    return readLabels(file, SampleFiles.MOST_CLASSES);
  }

  private static Labels readLabels(Path file, int classes) throws IOException {
    try (BinaryFile bytes = BinaryFile.open(file)) {
      NpyHeader header = NpyHeader.read(bytes);
      if (!header.type().isIntegral() || header.shape().length != 1) {
        throw bytes.errorAt(
            0,
            "an array of %s of rank %d".formatted(header.type().plural, header.shape().length),
            "labels: integers of rank 1");
      }
      return Labels.of(
          new NumberReader(bytes, header.type(), header.order(), header.shape()).labels(classes));
    }
  }
}
