package dev.lanewise.bench.example;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.data.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Images of handwritten digits, 8×8 pixels of 0 to 16, and what they show.
 *
 * @param images one image per row, 64 pixels row by row
 * @param labels the digit of each image, 0 to 9
 */
public record Digits(FloatMatrix images, int[] labels) {
  /** Width and height of an image. */
  public static final int SIDE = 8;

  /** Pixels of an image. */
  public static final int PIXELS = SIDE * SIDE;

  /** The value of full ink. */
  public static final int INK = 16;

  /** The digits. */
  public static final int CLASSES = 10;

  private static final List<String> NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  /**
   * Reads the layout of the UCI data set "Optical Recognition of Handwritten Digits": per line 64
   * pixels, then the digit; no header.
   *
   * @param file the file
   * @return the digits
   * @throws IOException if the file cannot be read, or its content is no digits: then with line,
   *     field and what was expected
   */
  public static Digits read(Path file) throws IOException {
    Dataset data = CsvFormat.DEFAULT.withHeader(false).withClasses(NAMES).read(file);
    if (data.features() != PIXELS) {
      throw new DataException(
          "%s: %d pixels in a line; expected %d".formatted(file, data.features(), PIXELS));
    }
    int[] labels = new int[data.samples()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.labels().get(i);
    }
    return new Digits(data.inputs(), labels);
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }
}
