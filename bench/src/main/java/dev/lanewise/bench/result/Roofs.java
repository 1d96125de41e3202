package dev.lanewise.bench.result;

import dev.lanewise.bench.jmh.BandwidthBenchmark;
import dev.lanewise.bench.jmh.PeakBenchmark;
import dev.lanewise.bench.jmh.Work;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the machine could do at best, as the run itself has measured it: the roofs of the roofline
 * model (S. Williams, A. Waterman, D. Patterson, Roofline, Communications of the ACM 52(4), 2009).
 * A call that does W operations on Q bytes takes at least max(W / peak, Q / bandwidth).
 *
 * @param peaks multiply-add peaks
 * @param bandwidths bandwidths
 */
public record Roofs(List<Peak> peaks, List<Bandwidth> bandwidths) {
  /**
   * A multiply-add peak.
   *
   * @param bits the width of vectors
   * @param threads on how many threads
   * @param gflops 10^9 floating-point operations per second, of all threads together
   */
  public record Peak(int bits, int threads, double gflops) {}

  /**
   * A bandwidth.
   *
   * @param access the method of a {@link BandwidthBenchmark.Access}
   * @param bytes the size of the operands of a thread
   * @param threads on how many threads
   * @param gigabytes 10^9 bytes read plus written per second, by all threads together
   */
  public record Bandwidth(String access, long bytes, int threads, double gigabytes) {}

  /** Copies its arguments. */
  public Roofs {
    peaks = List.copyOf(peaks);
    bandwidths = List.copyOf(bandwidths);
  }

  /**
   * The roofs of a run: the fastest iterations of its calibration.
   *
   * @param results what the run has measured
   * @return its roofs
   */
  public static Roofs of(Results results) {
    String peak = PeakBenchmark.class.getSimpleName();
    String bandwidth = BandwidthBenchmark.class.getSimpleName();
    return new Roofs(
        results.measurements().stream()
            .filter(m -> m.key().benchmark().equals(peak))
            .map(Roofs::peak)
            .toList(),
        results.measurements().stream()
            .filter(m -> m.key().benchmark().equals(bandwidth))
            .map(Roofs::bandwidth)
            .toList());
  }

  private static Peak peak(Measurement measurement) {
    Measurement.Key key = measurement.key();
    return new Peak(
        number(key, "bits"),
        key.threads(),
        key.threads() * PeakBenchmark.FLOPS / measurement.best());
  }

  private static Bandwidth bandwidth(Measurement measurement) {
    Measurement.Key key = measurement.key();
    int bytes = number(key, "bytes");
    long moved = BandwidthBenchmark.Access.of(key.method()).bytesPerCall(bytes);
    return new Bandwidth(
        key.method(), bytes, key.threads(), key.threads() * moved / measurement.best());
  }

  private static int number(Measurement.Key key, String parameter) {
    String value = String.valueOf(key.parameters().get(parameter));
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "%s.%s has %s=%s; expected a number"
              .formatted(key.benchmark(), key.method(), parameter, value));
    }
    return Integer.parseInt(value);
  }

  /**
   * The highest peak of all widths, on floats.
   *
   * @param threads on how many threads
   * @return GFLOP/s, if it was measured
   */
  public OptionalDouble peak(int threads) {
    return peaks.stream().filter(p -> p.threads() == threads).mapToDouble(Peak::gflops).max();
  }

  /**
   * The highest peak on the elements of an operation, of which a vector holds fewer if they are
   * wider than floats.
   *
   * @param work what is computed
   * @param threads on how many threads
   * @return GFLOP/s, if it was measured
   */
  public OptionalDouble peak(Work work, int threads) {
    OptionalDouble floats = peak(threads);
    return floats.isEmpty() ? floats : OptionalDouble.of(floats.getAsDouble() / work.lanes());
  }

  /**
   * The highest bandwidth of all kinds of access, for operands that are at least as large as those
   * that were measured. So it is never that of a slower level of memory than the operands lie in,
   * and may be that of a faster one.
   *
   * @param workingSet bytes of all operands
   * @param threads on how many threads
   * @return GB/s, if it was measured
   */
  public OptionalDouble bandwidth(long workingSet, int threads) {
    long perThread = workingSet / threads;
    List<Bandwidth> measured = bandwidths.stream().filter(b -> b.threads() == threads).toList();
    long smallest = measured.stream().mapToLong(Bandwidth::bytes).min().orElse(0);
    long size =
        measured.stream()
            .mapToLong(Bandwidth::bytes)
            .filter(bytes -> bytes <= Math.max(perThread, smallest))
            .max()
            .orElse(0);
    return measured.stream()
        .filter(b -> b.bytes() >= size)
        .max(Comparator.comparingDouble(Bandwidth::gigabytes))
        .map(b -> OptionalDouble.of(b.gigabytes()))
        .orElse(OptionalDouble.empty());
  }

  /**
   * The least time that a call can take.
   *
   * @param work what it does
   * @param threads on how many threads
   * @return nanoseconds, if peak and bandwidth were measured
   */
  public OptionalDouble nanos(Work work, int threads) {
    OptionalDouble peak = peak(work, threads);
    OptionalDouble bandwidth = bandwidth(work.workingSet(), threads);
    return peak.isEmpty() || bandwidth.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.max(work.flops() / peak.getAsDouble(), work.bytes() / bandwidth.getAsDouble()));
  }
}
