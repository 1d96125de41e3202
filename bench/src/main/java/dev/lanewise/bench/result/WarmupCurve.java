package dev.lanewise.bench.result;

import dev.lanewise.bench.jmh.WarmupBenchmark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How a kernel gets faster in a new JVM: time per call over the time since its first call, each the
 * median over the rounds.
 *
 * @param kernel the operation and its shape, as {@link WarmupBenchmark#kernel}
 * @param points the curve, an iteration each
 * @param last nanoseconds per call in the end: the median of the last quarter of the curve
 * @param settled seconds until it is, and stays, within 10 % of the last; nothing if it never does
 */
public record WarmupCurve(String kernel, List<Point> points, double last, OptionalDouble settled) {
  /** How near to its last speed a kernel counts as warm. */
  private static final double NEAR = 1.1;

  /** Single iterations are disturbed, so the curve is judged by its running median of so many. */
  private static final int WINDOW = 5;

  /**
   * A point of the curve.
   *
   * @param seconds the time from the first call to the end of the iteration
   * @param nanos time per call in it
   */
  public record Point(double seconds, double nanos) {}

  /** Copies the points. */
  public WarmupCurve {
    points = List.copyOf(points);
  }

  /**
   * The curves of a run.
   *
   * @param results what it has measured
   * @return in the order of the results
   */
  public static List<WarmupCurve> of(Results results) {
    String benchmark = WarmupBenchmark.class.getSimpleName();
    return results.measurements().stream()
        .filter(m -> m.key().benchmark().equals(benchmark))
        .map(m -> of(String.valueOf(m.key().parameters().get("kernel")), m.nanos()))
        .toList();
  }

  /**
   * The curve of one kernel.
   *
   * @param kernel its name
   * @param forks nanoseconds per call in every iteration, a row for each fork
   * @return the curve, as long as the shortest row
   */
  public static WarmupCurve of(String kernel, List<double[]> forks) {
    List<double[]> ends = forks.stream().map(WarmupCurve::ends).toList();
    int length = forks.stream().mapToInt(fork -> fork.length).min().orElse(0);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      points.add(new Point(median(ends, i) / TimeUnit.SECONDS.toNanos(1), median(forks, i)));
    }
    double[] nanos = points.stream().mapToDouble(Point::nanos).toArray();
    double last = Estimate.of(Arrays.copyOfRange(nanos, length * 3 / 4, length)).median();
    int cold =
        IntStream.range(0, length).filter(i -> running(nanos, i) > NEAR * last).max().orElse(-1);
    return new WarmupCurve(
        kernel,
        points,
        last,
        cold + 1 < length
            ? OptionalDouble.of(points.get(cold + 1).seconds())
            : OptionalDouble.empty());
  }

  /** When each iteration ended: it lasts its set time, or one call. */
  private static double[] ends(double[] nanos) {
    double least = TimeUnit.MILLISECONDS.toNanos(WarmupBenchmark.ITERATION_MILLIS);
    double[] ends = new double[nanos.length];
    double end = 0;
    for (int i = 0; i < nanos.length; i++) {
      end += Math.max(least, nanos[i]);
      ends[i] = end;
    }
    return ends;
  }

  private static double median(List<double[]> rows, int i) {
    return Estimate.of(rows.stream().mapToDouble(row -> row[i]).toArray()).median();
  }

  private static double running(double[] nanos, int i) {
    int from = Math.max(0, i - WINDOW / 2);
    return Estimate.of(Arrays.copyOfRange(nanos, from, Math.min(nanos.length, i + WINDOW / 2 + 1)))
        .median();
  }
}
