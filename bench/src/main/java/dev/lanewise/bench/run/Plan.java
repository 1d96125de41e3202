package dev.lanewise.bench.run;

import dev.lanewise.bench.jmh.BandwidthBenchmark;
import dev.lanewise.bench.jmh.BandwidthBenchmark.Access;
import dev.lanewise.bench.jmh.Implementation;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.PeakBenchmark;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.jmh.WarmupBenchmark;
import dev.lanewise.bench.machine.Processor;
import dev.lanewise.bench.machine.Processor.Cache;
import dev.lanewise.bench.peer.Peer;
import dev.lanewise.bench.result.Settings;
import dev.lanewise.kernels.Lanes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;

/**
 * What a run measures: its calibration once, then so many rounds of one fork for each
 * implementation of every operation at every shape. All implementations of an operation at a shape
 * follow each other, so that what disturbs one disturbs the others as much.
 *
 * @param calibration the trials before the rounds
 * @param round the trials of each round, in their order
 * @param rounds how many rounds
 */
public record Plan(List<Trial> calibration, List<Trial> round, int rounds) {
  /** The suite of the yardsticks. */
  public static final String CALIBRATION = "calibration";

  /** The suite of {@link WarmupBenchmark}. */
  public static final String WARMUP = "warmup";

  /** What lies in memory takes at least so many bytes, as last caches are tens of megabytes. */
  private static final long SMALLEST_MEMORY = 128L << 20;

  /** And at most so many, which a small heap has. */
  private static final long LARGEST_MEMORY = 512L << 20;

  /** Where the caches are not known: what lies in the first two levels of most processors. */
  private static final List<Cache> USUAL_CACHES =
      List.of(new Cache(1, 32 << 10, 1), new Cache(2, 256 << 10, 1));

  /** Copies its arguments. */
  public Plan {
    calibration = List.copyOf(calibration);
    round = List.copyOf(round);
  }

  /**
   * The suites that there are.
   *
   * @return their names, in the order in which they run
   */
  public static List<String> suites() {
    return Stream.concat(Operation.suites().stream(), Stream.of(WARMUP)).toList();
  }

  /**
   * Makes a plan.
   *
   * @param settings what was asked for
   * @param options JMH's options, which choose benchmarks, and whose parameters replace the shapes
   * @param processor whose caches to calibrate
   * @param bits the width of the JVM's vectors
   * @return the plan
   * @throws IllegalArgumentException if a shape in the options is none of an operation
   */
  public static Plan of(Settings settings, JmhOptions options, Processor processor, int bits) {
    List<Trial> round = new ArrayList<>();
    round.addAll(peaks(List.of(bits), threadCounts(settings)));
    if (settings.full()) {
      // What disturbed the calibration may be gone: roofs are the best of all rounds.
      round.addAll(bandwidths(processor, 1));
    }
    for (Operation operation : Operation.values()) {
      boolean wanted = settings.full() || operation.isQuick() || options.chooses();
      if (wanted && settings.suites().contains(operation.suite())) {
        round.addAll(trials(operation, settings, options));
      }
    }
    if (settings.suites().contains(WARMUP)) {
      round.addAll(warmups(options));
    }
    return new Plan(calibration(settings, processor, bits), round, settings.rounds());
  }

  private static List<Trial> trials(Operation operation, Settings settings, JmhOptions options) {
    List<String> implementations =
        operation.implementations().stream()
            .filter(method -> options.wants(operation.benchmark().getName() + "." + method))
            .filter(method -> isMeasured(Peer.ofMethod(method), settings))
            .toList();
    List<Trial> trials = new ArrayList<>();
    // The shapes in the options need not fit an operation of which nothing is wanted.
    for (Shape shape :
        implementations.isEmpty() ? List.<Shape>of() : shapes(operation, settings, options)) {
      for (SortedMap<String, String> parameters : variants(operation, shape, settings, options)) {
        for (String implementation : implementations) {
          trials.add(
              new Trial(
                  operation.suite(),
                  operation.benchmark(),
                  implementation,
                  parameters,
                  1,
                  Pace.of(settings.full(), isWarmLate(implementation), options)));
        }
      }
    }
    return trials;
  }

  /** Plain loops and native code are warm sooner than the rest, code on the Vector API for one. */
  private static boolean isWarmLate(String method) {
    return Peer.ofMethod(method)
        .map(peer -> !peer.isNative())
        .orElse(Implementation.of(method).code().equals(Optional.of(Lanes.Implementation.VECTOR)));
  }

  private static boolean isMeasured(Optional<Peer> peer, Settings settings) {
    return peer.isEmpty() || settings.peers().contains(peer.get().id());
  }

  private static List<Shape> shapes(Operation operation, Settings settings, JmhOptions options) {
    Collection<String> given = options.getParameter("shape").orElse(null);
    if (given != null) {
      return given.stream().map(operation::parse).toList();
    }
    return settings.full() ? operation.fullShapes() : List.of(operation.quickShape());
  }

  /** All parameters of the operation at a shape, in each combination. */
  private static List<SortedMap<String, String>> variants(
      Operation operation, Shape shape, Settings settings, JmhOptions options) {
    List<SortedMap<String, String>> variants = List.of(parameters("shape", shape.toString()));
    for (var further : operation.parameters(shape, settings.full()).entrySet()) {
      String name = further.getKey();
      Collection<String> values = options.getParameter(name).orElse(further.getValue());
      variants =
          variants.stream()
              .flatMap(variant -> values.stream().map(value -> with(variant, name, value)))
              .toList();
    }
    return variants;
  }

  private static SortedMap<String, String> with(
      SortedMap<String, String> parameters, String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(parameters);
    more.put(name, value);
    return more;
  }

  private static List<Trial> warmups(JmhOptions options) {
    try {
      Param kernels = WarmupBenchmark.class.getField("kernel").getAnnotation(Param.class);
      return options.getParameter("kernel").orElse(List.of(kernels.value())).stream()
          .map(kernel -> parameters("kernel", kernel))
          .map(
              p ->
                  new Trial(
                      WARMUP,
                      WarmupBenchmark.class,
                      Implementation.LANEWISE.method(),
                      p,
                      1,
                      Pace.WARMUP))
          .filter(trial -> options.wants(trial.name()))
          .toList();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("WarmupBenchmark has no kernel", e);
    }
  }

  private static List<Trial> calibration(Settings settings, Processor processor, int bits) {
    Set<Integer> threads = threadCounts(settings);
    List<Integer> widths = IntStream.of(128, 256, 512).filter(b -> b <= bits).boxed().toList();
    List<Trial> trials = new ArrayList<>(peaks(widths, threads));
    threads.forEach(count -> trials.addAll(bandwidths(processor, count)));
    return trials;
  }

  private static List<Trial> bandwidths(Processor processor, int threads) {
    List<Trial> trials = new ArrayList<>();
    for (long bytes : operandSizes(processor, threads)) {
      for (Access access : Access.values()) {
        trials.add(
            new Trial(
                CALIBRATION,
                BandwidthBenchmark.class,
                access.method(),
                parameters("bytes", Long.toString(bytes)),
                threads,
                Pace.CALIBRATION));
      }
    }
    return trials;
  }

  private static List<Trial> peaks(List<Integer> widths, Set<Integer> threads) {
    List<Trial> trials = new ArrayList<>();
    for (int count : threads) {
      for (int bits : widths) {
        SortedMap<String, String> width = parameters("bits", Integer.toString(bits));
        trials.add(
            new Trial(
                CALIBRATION,
                PeakBenchmark.class,
                Implementation.PEAK.method(),
                width,
                count,
                Pace.CALIBRATION));
      }
    }
    return trials;
  }

  /** A quick run does with one thread. */
  private static Set<Integer> threadCounts(Settings settings) {
    return new LinkedHashSet<>(settings.full() ? List.of(1, settings.threads()) : List.of(1));
  }

  /**
   * For each level of memory what a thread's operands may take to lie in it: half of a cache, or
   * half of the thread's share where threads share it; four times all last caches for memory.
   *
   * @param processor whose caches
   * @param threads how many threads there are
   * @return bytes of the operands of one thread, ascending
   */
  public static List<Long> operandSizes(Processor processor, int threads) {
    List<Cache> caches = processor.caches().isEmpty() ? USUAL_CACHES : processor.caches();
    List<Long> sizes = new ArrayList<>();
    for (Cache cache : caches) {
      sizes.add(cache.bytes() / 2 / Math.min(threads, sharers(cache)));
    }
    Cache last = caches.getLast();
    long all = last.bytes() * Math.ceilDiv(threads, sharers(last));
    sizes.add(Math.clamp(4 * all, SMALLEST_MEMORY, LARGEST_MEMORY) / threads);
    return sizes;
  }

  /** Where it is not known: a third level is shared by all, the others by none. */
  private static int sharers(Cache cache) {
    return cache.sharedBy() > 0 ? cache.sharedBy() : cache.level() > 2 ? Integer.MAX_VALUE : 1;
  }

  private static SortedMap<String, String> parameters(String name, String value) {
    return new TreeMap<>(Map.of(name, value));
  }

  /**
   * How many forks there are in all rounds, and before them.
   *
   * @return the count
   */
  public int forks() {
    return calibration.size() + rounds * round.size();
  }

  /**
   * About how long it takes.
   *
   * @return seconds of all rounds, by suite, in the order of the plan
   */
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    calibration.forEach(trial -> seconds.merge(trial.suite(), trial.seconds(), Double::sum));
    round.forEach(trial -> seconds.merge(trial.suite(), rounds * trial.seconds(), Double::sum));
    return seconds;
  }
}
