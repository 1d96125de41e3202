package dev.lanewise.bench.example;

import dev.lanewise.kernels.FloatMatrix;

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

  /** The number of images. */
  public int count() {
    return labels.length;
  }
}
