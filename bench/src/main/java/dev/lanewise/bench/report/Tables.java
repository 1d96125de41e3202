package dev.lanewise.bench.report;

import dev.lanewise.bench.jmh.BandwidthBenchmark.Access;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.machine.Processor;
import dev.lanewise.bench.result.Estimate;
import dev.lanewise.bench.result.Figure;
import dev.lanewise.bench.result.Figures;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.Roofs;
import dev.lanewise.bench.result.SpeedUp;
import dev.lanewise.bench.result.Variant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a page. */
final class Tables {
  private static final List<String> FIGURE_COLUMNS =
      List.of(
          "shape",
          "implementation",
          "threads",
          "µs per call",
          "speed",
          "of roof",
          "lanewise is × as fast",
          "rounds");

  private Tables() {}

  /** All figures, a table for each variant of an operation. */
  static List<Table> figures(Figures figures, Roofs roofs) {
    List<SpeedUp> speedUps = figures.speedUps();
    return figures.variants().stream()
        .map(variant -> figures(variant, figures, roofs, speedUps))
        .toList();
  }

  private static Table figures(
      Variant variant, Figures figures, Roofs roofs, List<SpeedUp> speedUps) {
    return new Table(
        variant.title(),
        FIGURE_COLUMNS,
        2,
        figures.all().stream()
            .filter(f -> f.variant().equals(variant))
            .map(f -> row(f, roofs, speedUps))
            .toList());
  }

  private static List<String> row(Figure figure, Roofs roofs, List<SpeedUp> speedUps) {
    Optional<Estimate> ratio =
        speedUps.stream().filter(s -> s.other().equals(figure)).map(SpeedUp::ratio).findFirst();
    return List.of(
        figure.shape().toString(),
        figure.isYardstick() ? figure.implementation() + " (yardstick)" : figure.implementation(),
        Integer.toString(figure.threads()),
        Numbers.micros(figure.time()),
        figure.isYardstick() ? "-" : Numbers.speed(figure),
        figure.isYardstick() ? "-" : Numbers.percent(figure.shareOf(roofs)),
        ratio.map(Numbers::interval).orElse("-"),
        Integer.toString(figure.time().count()));
  }

  /** The multiply-add peaks. */
  static Table peaks(Roofs roofs) {
    return new Table(
        "Multiply-add peak, float",
        List.of("bits", "threads", "GFLOP/s"),
        0,
        roofs.peaks().stream()
            .sorted(Comparator.comparing(Roofs.Peak::threads).thenComparing(Roofs.Peak::bits))
            .map(
                p ->
                    List.of(
                        Integer.toString(p.bits()),
                        Integer.toString(p.threads()),
                        Numbers.plain(p.gflops())))
            .toList());
  }

  private record Level(int threads, long bytes) {}

  /** The bandwidths by level of memory. */
  static Table bandwidths(Roofs roofs, Processor processor) {
    TreeMap<Level, List<Roofs.Bandwidth>> levels =
        roofs.bandwidths().stream()
            .collect(
                Collectors.groupingBy(
                    b -> new Level(b.threads(), b.bytes()),
                    () ->
                        new TreeMap<>(
                            Comparator.comparing(Level::threads).thenComparing(Level::bytes)),
                    Collectors.toList()));
    return new Table(
        "Bandwidth, bytes read plus written, GB/s",
        withAccesses(List.of("level", "operands of a thread", "threads"), Access::method),
        2,
        levels.entrySet().stream()
            .map(
                e ->
                    withAccesses(
                        List.of(
                            processor.level(e.getKey().bytes(), e.getKey().threads()).orElse("-"),
                            Numbers.bytes(e.getKey().bytes()),
                            Integer.toString(e.getKey().threads())),
                        access -> gigabytes(e.getValue(), access)))
            .toList());
  }

  private static List<String> withAccesses(List<String> first, Function<Access, String> cell) {
    return Stream.concat(first.stream(), Arrays.stream(Access.values()).map(cell)).toList();
  }

  private static String gigabytes(List<Roofs.Bandwidth> level, Access access) {
    return level.stream()
        .filter(b -> b.access().equals(access.method()))
        .map(b -> Numbers.plain(b.gigabytes()))
        .findFirst()
        .orElse("-");
  }

  /** Machine, JVM and code. */
  static Table environment(Environment environment) {
    Processor processor = environment.processor();
    return new Table(
        "Environment",
        List.of("what", "value"),
        2,
        List.of(
            List.of("processor", processor.model()),
            List.of("architecture", processor.architecture()),
            List.of(
                "logical processors",
                "%d, usable %d, quota %s"
                    .formatted(
                        processor.cores(),
                        processor.available(),
                        processor.quota() == 0 ? "none" : Numbers.plain(processor.quota()))),
            List.of("caches", caches(processor)),
            List.of("instruction sets", vectorFeatures(processor)),
            List.of("memory", Numbers.bytes(environment.memory())),
            List.of("operating system", environment.system()),
            List.of(
                "JVM",
                "%s %s, %s"
                    .formatted(
                        environment.jvm().name(),
                        environment.jvm().version(),
                        environment.jvm().vendor())),
            List.of("execution", environment.jvm().info()),
            List.of("options", String.join(" ", environment.jvm().arguments())),
            List.of(
                "flags",
                new TreeMap<>(environment.jvm().flags())
                    .entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(", "))),
            List.of("lanewise", code(environment)),
            List.of("chosen because", environment.reason()),
            List.of("build", environment.build())));
  }

  /** What runs. */
  static String code(Environment environment) {
    return environment.bits() == 0
        ? "%s, numerics %d".formatted(environment.implementation(), environment.numerics())
        : "%s, %d bits, %d registers, numerics %d"
            .formatted(
                environment.implementation(),
                environment.bits(),
                environment.registers(),
                environment.numerics());
  }

  private static String caches(Processor processor) {
    return processor.caches().isEmpty()
        ? "unknown"
        : processor.caches().stream()
            .map(
                c ->
                    "L%d %s".formatted(c.level(), Numbers.bytes(c.bytes()))
                        + (c.sharedBy() > 1 ? " shared by " + c.sharedBy() : ""))
            .collect(Collectors.joining(", "));
  }

  /** A processor names a hundred features; these are the ones that vector code uses. */
  private static String vectorFeatures(Processor processor) {
    return processor.features().stream()
        .filter(f -> f.matches("sse4.*|avx.*|fma|asimd.*|sve.*"))
        .collect(Collectors.joining(" "));
  }

  /** Libraries that were measured, or would have been. */
  static Table peers(Results results) {
    return new Table(
        "Peers",
        List.of("library", "state"),
        2,
        Stream.concat(
                results.settings().peers().stream().map(p -> List.of(p, "measured")),
                results.settings().absent().stream().map(p -> List.of(p, "absent")))
            .toList());
  }
}
