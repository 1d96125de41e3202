package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Job;

/**
 * An operation on a range of indices, such as rows, that several threads may share.
 *
 * <p>How many parts there are follows from how long one thread would take, which subclasses
 * estimate, most of them by {@code NANOS_PER_ELEMENT}: roughly, as nothing but speed depends on it.
 */
abstract class Ranges implements Job.Parts {
  /** Nanoseconds of a part below which more parts cost more than they bring: a round number. */
  static final double LEAST_PART = 5_000;

  /** Parts for each thread, so that a thread that is held up delays the others little. */
  private static final int PARTS_PER_THREAD = 4;

  /** As many callers at a time allocate nothing: the size of their pools. */
  static final int CALLERS = 16;

  /** Where ranges of elements begin: at a multiple of what any vector holds. */
  static final int ELEMENT_STEP = 64;

  private final Job job = new Job(this);
  private int size;
  private int step;
  private int parts;

  /** Computes the indices from {@code from} (inclusive) to {@code to} (exclusive). */
  abstract void range(int from, int to);

  /**
   * Computes the indices from 0 on.
   *
   * @param size how many there are
   * @param step what ranges begin at a multiple of
   * @param nanos about how long one thread takes for all
   * @param workers the threads, or null for the caller's alone
   */
  final void run(int size, int step, double nanos, Workers workers) {
    int count = workers == null ? 1 : parts(Math.ceilDiv(size, step), nanos, workers);
    if (count == 1) {
      range(0, size);
      return;
    }
    this.size = size;
    this.step = step;
    parts = count;
    workers.execute(job, count);
  }

  /** How many parts pay for so much work, which could be split into so many at most. */
  static int parts(int most, double nanos, Workers workers) {
    int threads = workers.threads();
    double wanted = threads == 1 ? 1 : Math.min(PARTS_PER_THREAD * (double) threads, most);
    return (int) Math.max(1, Math.min(wanted, nanos / LEAST_PART));
  }

  /** Whether it pays to share so much work. */
  static boolean isShared(double nanos, Workers workers) {
    return workers != null && workers.threads() > 1 && nanos >= 2 * LEAST_PART;
  }

  @Override
  public final void part(int index) {
    range(start(index), start(index + 1));
  }

  private int start(int part) {
    long units = Math.ceilDiv(size, step);
    return (int) Math.min(size, units * part / parts * step);
  }
}
