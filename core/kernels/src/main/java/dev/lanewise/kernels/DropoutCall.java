package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Pool;

/** Dropout of rows of a matrix, on the caller's thread or several. */
final class DropoutCall extends Ranges {
  private static final double NANOS_PER_ELEMENT = 4;
  private static final Pool<DropoutCall> POOL = new Pool<>(CALLERS, DropoutCall::new);

  private FloatMatrix x;
  private FloatMatrix y;
  private int dropped;
  private float scale;
  private long seed;
  private int purpose;
  private int step;

  private DropoutCall() {}

  static void run(
      FloatMatrix x,
      FloatMatrix y,
      double rate,
      long seed,
      int purpose,
      int step,
      Workers workers) {
    DropoutCall call = POOL.take();
    call.x = x;
    call.y = y;
    call.dropped = (int) Math.ceil(rate * 0x1p24);
    call.scale = (float) (1 / (1 - rate));
    call.seed = seed;
    call.purpose = purpose;
    call.step = step;
    try {
      double nanos = NANOS_PER_ELEMENT * y.rows() * y.columns();
      call.run(y.rows(), 1, nanos, workers);
    } finally {
      call.x = null;
      call.y = null;
      POOL.give(call);
    }
  }

  @Override
  void range(int from, int to) {
    int n = y.columns();
    for (int i = from; i < to; i++) {
      row(i, n);
    }
  }

  /** Blocks of numbers begin anywhere in a row, as indices run on from row to row. */
  private void row(int i, int n) {
    float[] input = x.array();
    float[] output = y.array();
    int xo = x.offset() + i * x.rowStride();
    int yo = y.offset() + i * y.rowStride();
    long first = (long) i * n;
    int j = 0;
    while (j < n) {
      long index = first + j;
      int word = (int) (index % Philox.WORDS);
      Philox.Block block = Philox.block(seed, purpose, step, index / Philox.WORDS);
      for (; word < Philox.WORDS && j < n; word++, j++) {
        float value = scale * input[xo + j * x.columnStride()];
        output[yo + j * y.columnStride()] = block.word(word) >>> 8 < dropped ? 0f : value;
      }
    }
  }
}
