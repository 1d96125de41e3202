package dev.lanewise.kernels;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarLayerNorm.COEFFICIENTS;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Rows;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.scalar.ScalarLayerNorm;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarRowMoments;
import dev.lanewise.kernels.internal.vector.VectorLayerNorm;
import dev.lanewise.kernels.internal.vector.VectorReduce;
import dev.lanewise.kernels.internal.vector.VectorRowMoments;
import java.util.Arrays;

/**
 * Layer or RMS normalisation of rows, on operands that have been checked.
 *
 * <p>Forward shares the rows. Backward shares chunks of rows, whose sums for gamma and beta are
 * kept for as many chunks as some work space holds, and then added in order.
 */
final class RowNormCall extends Ranges {
  private static final double NANOS_PER_ELEMENT = 0.2;

  /** The most elements of work space for sums of chunks; {@link Scratch} keeps no longer arrays. */
  private static final int WORK = 1 << 20;

  private static final Pool<RowNormCall> POOL = new Pool<>(CALLERS, RowNormCall::new);

  private boolean rms;
  private double eps;
  private FloatMatrix x;
  private FloatMatrix dy;
  private FloatMatrix out;
  private float[] gamma;
  private float[] beta;

  /** Σ d and Σ d·xhat of each chunk, from this one on. */
  private float[] sums;

  private int firstChunk;

  private RowNormCall() {}

  private static RowNormCall take(
      double eps, FloatSpan gamma, FloatSpan beta, FloatMatrix x, FloatMatrix dy, FloatMatrix out) {
    RowNormCall call = POOL.take();
    call.eps = eps;
    call.rms = beta == null;
    call.gamma = load(gamma);
    call.beta = beta == null ? null : load(beta);
    call.x = x;
    call.dy = dy;
    call.out = out;
    return call;
  }

  private static float[] load(FloatSpan span) {
    float[] dense = Scratch.floats(span.length());
    Rows.load(span.length(), span.array(), span.offset(), span.stride(), dense);
    return dense;
  }

  private void give() {
    Scratch.give(gamma);
    if (beta != null) {
      Scratch.give(beta);
    }
    gamma = null;
    beta = null;
    sums = null;
    x = null;
    dy = null;
    out = null;
    POOL.give(this);
  }

  /** y from x: layer normalisation, or without beta RMS normalisation. */
  static void forward(
      double eps, FloatSpan gamma, FloatSpan beta, FloatMatrix x, FloatMatrix y, Workers workers) {
    RowNormCall call = take(eps, gamma, beta, x, null, y);
    try {
      if (x.columns() > 0) {
        call.run(x.rows(), 1, NANOS_PER_ELEMENT * x.rows() * x.columns(), workers);
      }
    } finally {
      call.give();
    }
  }

  /** dx, dgamma, and of layer normalisation, which has beta, dbeta. */
  static void backward(
      double eps,
      FloatSpan gamma,
      FloatSpan beta,
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix dx,
      FloatSpan dgamma,
      FloatSpan dbeta,
      Workers workers) {
    RowNormCall call = take(eps, gamma, beta, x, dy, dx);
    int n = x.columns();
    double[] sumD = Scratch.doubles(n);
    double[] products = Scratch.doubles(n);
    Arrays.fill(sumD, 0, n, 0.0);
    Arrays.fill(products, 0, n, 0.0);
    try {
      if (n > 0) {
        call.backward(sumD, products, workers);
      }
    } finally {
      call.give();
    }
    store(products, dgamma);
    if (dbeta != null) {
      store(sumD, dbeta);
    }
    Scratch.give(sumD);
    Scratch.give(products);
  }

  private static void store(double[] total, FloatSpan to) {
    for (int j = 0; j < to.length(); j++) {
      to.array()[to.offset() + j * to.stride()] = (float) total[j];
    }
  }

  private void backward(double[] sumD, double[] products, Workers workers) {
    int n = x.columns();
    int chunks = Math.ceilDiv(x.rows(), CHUNK);
    int most = workers == null ? 1 : Math.max(1, (int) (WORK / (2L * n)));
    int together = Math.min(most, chunks);
    sums = Scratch.floats(2L * n * together);
    for (firstChunk = 0; firstChunk < chunks; firstChunk += together) {
      int count = Math.min(together, chunks - firstChunk);
      Arrays.fill(sums, 0, 2 * n * count, 0f);
      run(count, 1, NANOS_PER_ELEMENT * CHUNK * n * count, workers);
      for (int chunk = 0; chunk < count; chunk++) {
        ScalarColumns.add(n, sums, 2 * n * chunk, sumD);
        ScalarColumns.add(n, sums, 2 * n * chunk + n, products);
      }
    }
    Scratch.give(sums);
  }

  @Override
  void range(int from, int to) {
    RowNormWork work = RowNormWork.take();
    if (dy == null) {
      forward(from, to, work);
    } else {
      for (int chunk = from; chunk < to; chunk++) {
        int row = (firstChunk + chunk) * CHUNK;
        backward(row, row + Math.min(CHUNK, x.rows() - row), chunk * 2 * x.columns(), work);
      }
    }
    work.give();
  }

  /** A group's statistics come first, so that the row behind does not wait for a row's. */
  private void forward(int from, int to, RowNormWork work) {
    RowGroup a = work.groupOfX;
    a.open(x);
    work.out.open(out, to);
    for (int i = from; to - i > 0; i += GROUP) {
      int rows = Math.min(GROUP, to - i);
      a.read(i, rows);
      for (int r = 0; r < rows; r++) {
        coefficients(a.array, a.offset + r * a.stride, work, r);
      }
      for (int r = 0; r < rows; r++) {
        work.out.write(i + r);
        normalise(r, a.offset + r * a.stride, work);
        work.out.store(i + r);
      }
    }
    work.out.close();
    a.close();
  }

  /** y of a row of a group, of X's elements from here on. */
  private void normalise(int row, int ao, RowNormWork work) {
    int n = x.columns();
    int co = row * COEFFICIENTS;
    float[] c = work.coefficients;
    float[] a = work.groupOfX.array;
    float[] y = work.out.array;
    int yo = work.out.offset;
    if (rms) {
      if (Chooser.vector()) {
        VectorLayerNorm.scale(n, c[co + 1], gamma, a, ao, y, yo);
      } else {
        ScalarLayerNorm.scale(n, c[co + 1], gamma, a, ao, y, yo);
      }
    } else if (Chooser.vector()) {
      VectorLayerNorm.normalise(n, c, co, gamma, beta, a, ao, y, yo);
    } else {
      ScalarLayerNorm.normalise(n, c, co, gamma, beta, a, ao, y, yo);
    }
  }

  /** The rows of one chunk, whose sums begin at so. */
  private void backward(int from, int to, int so, RowNormWork work) {
    RowGroup a = work.groupOfX;
    RowGroup b = work.groupOfD;
    a.open(x);
    b.open(dy);
    work.out.open(out, to);
    for (int i = from; to - i > 0; i += GROUP) {
      int rows = Math.min(GROUP, to - i);
      a.read(i, rows);
      b.read(i, rows);
      for (int r = 0; r < rows; r++) {
        coefficients(a.array, a.offset + r * a.stride, work, r);
      }
      addColumnSums(rows, so, work);
      for (int r = 0; r < rows; r++) {
        work.out.write(i + r);
        gradient(r, a.offset + r * a.stride, b.offset + r * b.stride, work);
        work.out.store(i + r);
      }
    }
    work.out.close();
    a.close();
    b.close();
  }

  private void addColumnSums(int rows, int so, RowNormWork work) {
    int n = x.columns();
    RowGroup a = work.groupOfX;
    RowGroup b = work.groupOfD;
    float[] c = work.coefficients;
    if (Chooser.vector()) {
      VectorLayerNorm.addColumnSums(
          rows, n, c, a.array, a.offset, a.stride, b.array, b.offset, b.stride, sums, so, n);
    } else {
      ScalarLayerNorm.addColumnSums(
          rows, n, c, a.array, a.offset, a.stride, b.array, b.offset, b.stride, sums, so, n);
    }
  }

  /** dx of a row of a group, of X's and dY's elements from here on. */
  private void gradient(int row, int ao, int bo, RowNormWork work) {
    int n = x.columns();
    int co = row * COEFFICIENTS;
    float[] c = work.coefficients;
    float[] a = work.groupOfX.array;
    float[] b = work.groupOfD.array;
    double sum = 0;
    double product = 0;
    for (int j = 0; n - j > 0; j += BLOCK) {
      int block = Math.min(BLOCK, n - j);
      if (Chooser.vector()) {
        VectorLayerNorm.gradientSums(
            block, c, co, gamma, j, a, ao + j, b, bo + j, work.lanes, work.sums);
      } else {
        ScalarLayerNorm.gradientSums(
            block, c, co, gamma, j, a, ao + j, b, bo + j, work.lanes, work.sums);
      }
      sum += work.sums[0];
      product += work.sums[1];
    }
    float mean = rms ? 0f : (float) (sum / n);
    float slope = (float) (product / n);
    float[] dx = work.out.array;
    int dxo = work.out.offset;
    if (Chooser.vector()) {
      VectorLayerNorm.backward(n, c, co, mean, slope, gamma, a, ao, b, bo, dx, dxo);
    } else {
      ScalarLayerNorm.backward(n, c, co, mean, slope, gamma, a, ao, b, bo, dx, dxo);
    }
  }

  /** The coefficients of a row, put in their place among those of a group. */
  private void coefficients(float[] a, int ao, RowNormWork work, int row) {
    int n = x.columns();
    int co = row * COEFFICIENTS;
    if (rms) {
      double squares = 0;
      for (int j = 0; n - j > 0; j += BLOCK) {
        int length = Math.min(BLOCK, n - j);
        squares +=
            Chooser.vector()
                ? VectorReduce.sumOfSquares(a, ao + j, length, work.lanes)
                : ScalarReduce.dot(1f, a, ao + j, 1, a, ao + j, 1, length, work.lanes);
      }
      ScalarLayerNorm.rmsCoefficients(squares / n, eps, work.coefficients, co);
      return;
    }
    double[] mean = work.mean;
    double[] variance = work.variance;
    mean[0] = 0;
    variance[0] = 0;
    for (int j = 0; n - j > 0; j += BLOCK) {
      int length = Math.min(BLOCK, n - j);
      if (Chooser.vector()) {
        VectorRowMoments.block(length, a, ao + j, work.lanes, work.sums);
      } else {
        ScalarRowMoments.block(length, a, ao + j, work.lanes, work.sums);
      }
      ScalarColumns.merge(
          j, length, 1, work.sums, 0, work.sums, 1, work.sums, 2, mean, variance, 0);
    }
    ScalarLayerNorm.coefficients(mean[0], variance[0] / n, eps, work.coefficients, co);
  }
}
