package dev.lanewise.bench.example;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Philox;

/**
 * Digits drawn by code, so that training can be shown without any data set: each digit is a few
 * strokes, every drawing of it turned, slanted, stretched, moved and shaken a little, and inked by
 * the distance of a pixel's centre to the nearest stroke.
 *
 * <p>Only +, -, ·, / and square roots are used, so that the same seed draws the same pixels
 * everywhere.
 */
public final class StrokeDigits {
  /** Strokes of each digit as polylines x, y, x, y, ... in a square from -1 to 1, y downwards. */
  private static final float[][][] STROKES = {
    {{0, -.9f, .5f, -.6f, .6f, 0, .5f, .6f, 0, .9f, -.5f, .6f, -.6f, 0, -.5f, -.6f, 0, -.9f}},
    {{-.35f, -.5f, .1f, -.9f, .1f, .9f}},
    {{-.5f, -.5f, -.3f, -.85f, .2f, -.9f, .5f, -.55f, .3f, 0, -.55f, .9f, .6f, .9f}},
    {
      {-.5f, -.8f, .1f, -.9f, .45f, -.55f, .3f, -.15f, -.1f, 0},
      {-.1f, 0, .4f, .15f, .5f, .55f, .1f, .9f, -.5f, .8f}
    },
    {{.3f, .9f, .3f, -.9f, -.6f, .35f, .65f, .35f}},
    {
      {.5f, -.9f, -.4f, -.9f, -.45f, -.15f, .2f, -.2f, .5f, .25f, .35f, .75f, -.1f, .9f, -.55f, .7f}
    },
    {{.35f, -.9f, -.2f, -.45f, -.5f, .3f, -.3f, .8f, .15f, .9f, .5f, .5f, .25f, .1f, -.4f, .25f}},
    {{-.55f, -.9f, .55f, -.9f, .1f, 0, -.15f, .9f}, {-.25f, 0, .45f, 0}},
    {
      {0, -.05f, -.4f, -.4f, -.25f, -.85f, .25f, -.85f, .4f, -.4f, 0, -.05f},
      {0, -.05f, .5f, .4f, .3f, .9f, -.3f, .9f, -.5f, .4f, 0, -.05f}
    },
    {
      {
        .4f, -.3f, .1f, -.05f, -.35f, -.2f, -.45f, -.6f, -.1f, -.9f, .35f, -.75f, .4f, -.3f, .2f,
        .9f
      }
    },
  };

  private static final float EDGE = 0.3f;
  private static final int SHAPE = 1;
  private static final int SHAKE = 2;

  private StrokeDigits() {}

  /**
   * Draws digits; every tenth image shows the same digit.
   *
   * @param seed decides all distortions
   * @param first the number of the first drawing; other numbers give other drawings of the same
   *     seed
   * @param count how many
   */
  public static Digits draw(long seed, int first, int count) {
    FloatMatrix images = FloatMatrix.zeros(count, Digits.PIXELS);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % Digits.CLASSES;
      draw(seed, first + i, STROKES[labels[i]], images, i);
    }
    return new Digits(images, labels);
  }

  private static void draw(long seed, int drawing, float[][] strokes, FloatMatrix images, int row) {
    float turn = spread(seed, SHAPE, drawing, 0, 0.3f);
    float slant = spread(seed, SHAPE, drawing, 1, 0.4f);
    float width = 1 + spread(seed, SHAPE, drawing, 2, 0.3f);
    float height = 1 + spread(seed, SHAPE, drawing, 3, 0.2f);
    float right = spread(seed, SHAPE, drawing, 4, 0.25f);
    float down = spread(seed, SHAPE, drawing, 5, 0.2f);
    float pen = 0.14f + spread(seed, SHAPE, drawing, 6, 0.08f);
    // A rotation by its half-angle tangent needs no sine.
    float cos = (1 - turn * turn / 4) / (1 + turn * turn / 4);
    float sin = turn / (1 + turn * turn / 4);
    int shaken = 0;
    for (float[] stroke : strokes) {
      float[] placed = new float[stroke.length];
      for (int p = 0; p < stroke.length; p += 2) {
        float x = width * (stroke[p] + spread(seed, SHAKE, drawing, shaken++, 0.12f));
        float y = height * (stroke[p + 1] + spread(seed, SHAKE, drawing, shaken++, 0.12f));
        x += slant * y;
        placed[p] = cos * x - sin * y + right;
        placed[p + 1] = sin * x + cos * y + down;
      }
      ink(placed, pen, images, row);
    }
  }

  /** A uniform number in [-size, size). */
  private static float spread(long seed, int purpose, int drawing, int index, float size) {
    return size * (2 * Philox.uniform(seed, purpose, drawing, index) - 1);
  }

  private static void ink(float[] stroke, float pen, FloatMatrix images, int row) {
    for (int pixel = 0; pixel < Digits.PIXELS; pixel++) {
      float x = centre(pixel % Digits.SIDE);
      float y = centre(pixel / Digits.SIDE);
      float nearest = Float.MAX_VALUE;
      for (int p = 0; p + 2 < stroke.length; p += 2) {
        nearest =
            Math.min(
                nearest,
                squaredDistance(x, y, stroke[p], stroke[p + 1], stroke[p + 2], stroke[p + 3]));
      }
      float depth = 1 - ((float) Math.sqrt(nearest) - pen) / EDGE;
      float value = (int) (Digits.INK * Math.clamp(depth, 0f, 1f) + 0.5f);
      images.set(row, pixel, Math.max(images.get(row, pixel), value));
    }
  }

  /** A pixel's centre; the image reaches a little beyond the square of the strokes. */
  private static float centre(int index) {
    return (index + 0.5f - Digits.SIDE / 2f) * (2.4f / Digits.SIDE);
  }

  private static float squaredDistance(float x, float y, float x0, float y0, float x1, float y1) {
    float dx = x1 - x0;
    float dy = y1 - y0;
    float length = dx * dx + dy * dy;
    float along = length == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
    along = Math.clamp(along, 0f, 1f);
    float ex = x - (x0 + along * dx);
    float ey = y - (y0 + along * dy);
    return ex * ex + ey * ey;
  }
}
