package dev.lanewise.bench.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The best time of a call, once it has been compiled.
 *
 * @param nanos nanoseconds per call in the fastest batch
 * @param noise how many times as long the median batch took since calls became no faster
 */
public record Timing(double nanos, double noise) {
  private static final long BATCH_NANOS = 2_000_000;
  private static final long SHORTEST_NANOS = 400_000_000;
  private static final long SETTLED_NANOS = 300_000_000;

  /** A batch that is faster by less than this is not faster. */
  private static final double GAIN = 0.98;

  /**
   * Calls again and again until that gets no faster. Interpreted and half-compiled code does not
   * get faster for a while either, so below a speed that compiled code must reach it goes on.
   *
   * @param call what to time
   * @param enough nanoseconds per call that compiled code needs at most
   * @param limitNanos when to stop in any case, once the first call has returned
   * @return the time
   */
  static Timing of(Runnable call, double enough, long limitNanos) {
    double best = Double.POSITIVE_INFINITY;
    List<Double> settled = new ArrayList<>();
    long calls = 1;
    long start = System.nanoTime();
    long lastGain = start;
    while (true) {
      long begin = System.nanoTime();
      for (long i = 0; i < calls; i++) {
        call.run();
      }
      long end = System.nanoTime();
      double nanos = Math.max(1, end - begin) / (double) calls;
      if (nanos < best * GAIN) {
        lastGain = end;
        settled.clear();
      }
      settled.add(nanos);
      best = Math.min(best, nanos);
      boolean stable = end - start >= SHORTEST_NANOS && end - lastGain >= SETTLED_NANOS;
      if ((stable && best <= enough) || end - start >= limitNanos) {
        Collections.sort(settled);
        return new Timing(best, settled.get(settled.size() / 2) / best);
      }
      calls = Math.clamp((long) (BATCH_NANOS / nanos), 1, 2 * calls);
    }
  }
}
