package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * IDX files, the format of MNIST: two bytes 0, a byte for the type of numbers, a byte for the
 * number of dimensions, the dimensions in four bytes each, then the numbers, all big-endian.
 * Numbers are unsigned bytes (08), signed bytes (09), 16-bit (0B) or 32-bit (0C) integers, floats
 * (0D) or doubles (0E).
 *
 * <p>A gzipped file is unpacked as it is read. Numbers are rounded to float once and not scaled; a
 * number that is not finite then is refused. The memory that reading takes is proportional to the
 * size of the file, of a gzipped one to at most 1032 times its size: a header that claims more is
 * refused before anything is allocated.
 *
 * <p><b>Source.</b> Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten
 * digits, section "the IDX file format".
 */
public final class Idx {
  private static final int DIMENSION_BYTES = 4;

  /** The rank in the header of a file of labels. */
  private static final int LABEL_RANK = 1;

  private static final String COUNT = ", byte 4";

  private Idx() {}

  /**
   * Reads images and their labels. The classes are named 0, 1, ... to the largest label.
   *
   * @param images the file of the inputs, as {@link #readInputs(Path)} takes it
   * @param labels the file of the labels, as {@link #readLabels(Path)} takes it
   * @return the data set
   * @throws DataException if a file's content is not as described, or the numbers of images and
   *     labels differ
   * @throws IOException if a file cannot be read
   */
  public static Dataset read(Path images, Path labels) throws IOException {
    return new SampleFiles(images, labels, COUNT).join(readInputs(images), readLabels(labels));
  }

  /**
   * As {@link #read(Path, Path)}, with given classes, as those of a trained model.
   *
   * @param images the file of the inputs
   * @param labels the file of the labels, each an index into the classes
   * @param classes the name of each class
   * @return the data set
   * @throws DataException if a file's content is not as described, the numbers of images and labels
   *     differ or a label is no class
   * @throws IOException if a file cannot be read
   */
  public static Dataset read(Path images, Path labels, List<String> classes) throws IOException {
    SampleFiles files = new SampleFiles(images, labels, COUNT);
    List<String> names = ClassNames.copy("Idx", classes);
    return files.join(readInputs(images), readLabels(labels, names.size()), names);
  }

  /**
   * Reads inputs of any rank from 2 on: the first dimension counts samples, and each sample's other
   * dimensions become one row.
   *
   * @param file the file
   * @return a new dense row-major matrix with a sample in each row
   * @throws DataException if the file's content is not as described
   * @throws IOException if the file cannot be read
   */
  public static FloatMatrix readInputs(Path file) throws IOException {
    try (BinaryFile bytes = BinaryFile.openUnpacked(file)) {
      NumberType type = type(bytes);
      int rank = bytes.next("the number of dimensions");
      if (rank <= LABEL_RANK) {
        throw bytes.errorAt(3, rank + " dimensions", "at least 2: samples and features");
      }
      int[] shape = shape(bytes, rank);
      float[] values = new NumberReader(bytes, type, ByteOrder.BIG_ENDIAN, shape).floats();
      return FloatMatrix.of(values, shape[0], values.length / shape[0]);
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
    try (BinaryFile bytes = BinaryFile.openUnpacked(file)) {
      NumberType type = type(bytes);
      if (!type.isIntegral()) {
        throw bytes.errorAt(2, "a type of " + type.plural, "a type of integers (08, 09, 0B or 0C)");
      }
      int rank = bytes.next("the number of dimensions");
      if (rank != LABEL_RANK) {
        throw bytes.errorAt(3, rank + " dimensions", "1, as labels have");
      }
      int[] shape = shape(bytes, rank);
      return Labels.of(new NumberReader(bytes, type, ByteOrder.BIG_ENDIAN, shape).labels(classes));
    }
  }

  private static NumberType type(BinaryFile bytes) throws IOException {
    String magic = "the bytes 0 and 0 that begin an IDX file";
    for (int i = 0; i < 2; i++) {
      int zero = bytes.next(magic);
      if (zero != 0) {
        throw bytes.errorAt(i, "%02X".formatted(zero), magic);
      }
    }
    int code = bytes.next("a type of numbers");
    return switch (code) {
      case 0x08 -> NumberType.UNSIGNED_8;
      case 0x09 -> NumberType.SIGNED_8;
      case 0x0B -> NumberType.SIGNED_16;
      case 0x0C -> NumberType.SIGNED_32;
      case 0x0D -> NumberType.FLOAT_32;
      case 0x0E -> NumberType.FLOAT_64;
      default -> throw bytes.errorAt(2, "type %02X".formatted(code), "08, 09, 0B, 0C, 0D or 0E");
    };
  }

  private static int[] shape(BinaryFile bytes, int rank) throws IOException {
    int[] shape = new int[rank];
    byte[] dimension = new byte[DIMENSION_BYTES];
    for (int i = 0; i < rank; i++) {
      bytes.read(dimension, DIMENSION_BYTES, "%d dimensions of 4 bytes".formatted(rank));
      shape[i] = ByteBuffer.wrap(dimension).getInt();
      if (shape[i] < 1) {
        throw bytes.errorAt(
            bytes.offset() - DIMENSION_BYTES,
            "dimension " + Integer.toUnsignedString(shape[i]),
            "1 to " + Integer.MAX_VALUE);
      }
    }
    return shape;
  }
}
