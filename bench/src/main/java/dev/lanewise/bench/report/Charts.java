package dev.lanewise.bench.report;

import static dev.lanewise.bench.report.Numbers.plain;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.machine.Processor;
import dev.lanewise.bench.result.Estimate;
import dev.lanewise.bench.result.Figure;
import dev.lanewise.bench.result.Figures;
import dev.lanewise.bench.result.Roofs;
import dev.lanewise.bench.result.SpeedUp;
import dev.lanewise.bench.result.Variant;
import dev.lanewise.bench.result.WarmupCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What charts show; every number in them is final, for the script only draws. */
final class Charts {
  private static final double NANOS_PER_MICRO = 1000;

  /** So many squares make a curve. */
  private static final int CURVE = 4;

  private Charts() {}

  /** A value with its interval; the ends are null where there are too few rounds for one. */
  record Value(double median, Double low, Double high) {
    static Value of(Estimate estimate) {
      return estimate.isInterval()
          ? new Value(estimate.median(), estimate.low(), estimate.high())
          : new Value(estimate.median(), null, null);
    }
  }

  /**
   * A point.
   *
   * @param x the index of its shape or row, or a number
   * @param y its value
   * @param flagged whether it is a loss, or an error of measurement
   * @param label what stands beside it, where there is room
   * @param note what a tooltip says
   */
  record Point(double x, Value y, boolean flagged, String label, String note) {}

  /** The points of an implementation, or of a kernel. */
  record Series(String name, List<Point> points) {}

  /** A roof over shapes, by index; null where it is not known. */
  record Roof(String name, List<Double> values) {}

  /** Speed over size of one variant of an operation, or of its shapes of one kind. */
  record Speeds(
      String title, String unit, List<String> shapes, List<Roof> roofs, List<Series> series) {}

  /** A variant of an operation, on so many threads, and a shape. */
  record Row(String operation, String shape) {}

  /** Times as fast as each other implementation, by rows. */
  record SpeedUps(List<Row> rows, List<Series> series) {}

  /** A horizontal roof of a roofline chart in GFLOP/s, or a slanting one in GB/s. */
  record Line(String name, double value) {}

  /** The roofline chart of so many threads; x is the intensity, from low to high. */
  record Roofline(
      int threads,
      double low,
      double high,
      List<Line> peaks,
      List<Line> bandwidths,
      List<Series> series) {}

  /** A warm-up curve: seconds and microseconds; settled is null where it never is. */
  record Warmup(String name, List<double[]> points, Double settled, double last) {}

  static List<Speeds> speeds(Figures figures, Roofs roofs) {
    return figures.variants().stream().flatMap(v -> speeds(v, figures, roofs)).toList();
  }

  /** Squares in a chart of their own where they make a curve, which other shapes would break. */
  private static Stream<Speeds> speeds(Variant variant, Figures figures, Roofs roofs) {
    List<Shape> shapes = figures.shapes(variant);
    List<Shape> squares = shapes.stream().filter(Shape::isSquare).toList();
    List<Shape> others = shapes.stream().filter(shape -> !shape.isSquare()).toList();
    return squares.size() < CURVE || others.isEmpty()
        ? Stream.of(speeds(variant, "", shapes, figures, roofs))
        : Stream.of(
            speeds(variant, ", squares", squares, figures, roofs),
            speeds(variant, ", other shapes", others, figures, roofs));
  }

  private static Speeds speeds(
      Variant variant, String kind, List<Shape> shapes, Figures figures, Roofs roofs) {
    Operation operation = variant.operation();
    List<Figure> own =
        drawn(figures)
            .filter(f -> f.variant().equals(variant) && shapes.contains(f.shape()))
            .toList();
    return new Speeds(
        variant.title() + kind,
        operation.unit().perSecond(),
        shapes.stream().map(Shape::toString).toList(),
        own.stream()
            .map(Figure::threads)
            .distinct()
            .sorted()
            .map(threads -> roof(operation, shapes, roofs, threads))
            .filter(roof -> roof.values().stream().anyMatch(Objects::nonNull))
            .toList(),
        series(
            own,
            f ->
                new Point(
                    shapes.indexOf(f.shape()),
                    Value.of(f.speed()),
                    f.isAbove(roofs),
                    f.shape().toString(),
                    note(f, roofs))));
  }

  /** The multiply-add peak for a product, else what the slower of peak and bandwidth allows. */
  private static Roof roof(Operation operation, List<Shape> shapes, Roofs roofs, int threads) {
    boolean product = operation.unit() == Operation.Unit.FLOP;
    List<Double> values =
        shapes.stream()
            .map(
                shape ->
                    product
                        ? orNull(roofs.peak(operation.work(shape), threads), peak -> peak)
                        : orNull(
                            roofs.nanos(operation.work(shape), threads),
                            nanos -> operation.units(shape) / nanos))
            .toList();
    String name = product ? "peak" : "roof";
    return new Roof(threads == 1 ? name : name + ", " + threads + " threads", values);
  }

  static SpeedUps speedUps(Figures figures) {
    List<SpeedUp> all = figures.speedUps();
    List<Row> rows = all.stream().map(s -> row(s.lanewise())).distinct().toList();
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (SpeedUp speedUp : all) {
      points
          .computeIfAbsent(speedUp.other().implementation(), name -> new ArrayList<>())
          .add(
              new Point(
                  rows.indexOf(row(speedUp.lanewise())),
                  Value.of(speedUp.ratio()),
                  speedUp.isLoss(),
                  speedUp.lanewise().shape().toString(),
                  ResultsText.sentence(speedUp)));
    }
    return new SpeedUps(rows, series(points));
  }

  /**
   * One row for each variant of an operation, at the shape that a quick run measures or the
   * largest.
   */
  static SpeedUps fewSpeedUps(Figures figures) {
    return speedUps(
        new Figures(
            figures.all().stream()
                .filter(f -> f.shape().equals(few(figures, f.variant())) && !f.isParallel())
                .toList()));
  }

  private static Shape few(Figures figures, Variant variant) {
    List<Shape> shapes = figures.shapes(variant);
    Shape quick = variant.operation().quickShape();
    return shapes.contains(quick) ? quick : shapes.getLast();
  }

  private static Row row(Figure lanewise) {
    return new Row(ResultsText.title(lanewise), lanewise.shape().toString());
  }

  /** A chart for each number of threads that figures and roofs have. */
  static List<Roofline> rooflines(Figures figures, Roofs roofs, Processor processor) {
    return drawn(figures)
        .map(Figure::threads)
        .distinct()
        .sorted()
        .filter(threads -> roofs.peak(threads).isPresent())
        .map(threads -> roofline(threads, drawn(figures), roofs, processor))
        .toList();
  }

  private static Roofline roofline(
      int threads, Stream<Figure> figures, Roofs roofs, Processor processor) {
    List<Figure> own = figures.filter(f -> f.threads() == threads).toList();
    DoubleSummaryStatistics intensities =
        own.stream().mapToDouble(f -> f.work().intensity()).summaryStatistics();
    return new Roofline(
        threads,
        intensities.getMin(),
        intensities.getMax(),
        roofs.peaks().stream()
            .filter(p -> p.threads() == threads)
            .map(
                p ->
                    new Line(
                        "%d bits: %s GFLOP/s".formatted(p.bits(), plain(p.gflops())), p.gflops()))
            .toList(),
        bandwidths(threads, roofs, processor),
        series(
            own,
            f ->
                new Point(
                    f.work().intensity(),
                    Value.of(f.time().speed(f.work().flops())),
                    f.isAbove(roofs),
                    f.operation().title(),
                    note(f, roofs))));
  }

  /** The highest bandwidth of each level of memory. */
  private static List<Line> bandwidths(int threads, Roofs roofs, Processor processor) {
    Map<Long, Double> highest = new TreeMap<>();
    roofs.bandwidths().stream()
        .filter(b -> b.threads() == threads)
        .forEach(b -> highest.merge(b.bytes(), b.gigabytes(), Math::max));
    List<Line> lines = new ArrayList<>();
    highest.forEach(
        (bytes, gigabytes) ->
            lines.add(
                new Line(
                    "%s: %s GB/s"
                        .formatted(
                            processor.level(bytes, threads).orElse(Numbers.bytes(bytes)),
                            plain(gigabytes)),
                    gigabytes)));
    return lines;
  }

  static List<Warmup> warmups(List<WarmupCurve> curves) {
    return curves.stream()
        .map(
            curve ->
                new Warmup(
                    title(curve.kernel()),
                    curve.points().stream()
                        .map(p -> new double[] {p.seconds(), p.nanos() / NANOS_PER_MICRO})
                        .toList(),
                    orNull(curve.settled(), seconds -> seconds),
                    curve.last() / NANOS_PER_MICRO))
        .toList();
  }

  /** {@code GEMM@64x64x128} as people write it. */
  private static String title(String kernel) {
    return Arrays.stream(Operation.values())
        .filter(operation -> kernel.startsWith(operation.name() + "@"))
        .map(operation -> kernel.replace(operation.name() + "@", operation.title() + " "))
        .findFirst()
        .orElse(kernel);
  }

  /** What is a point of a chart: a yardstick stands in tables alone. */
  private static Stream<Figure> drawn(Figures figures) {
    return figures.all().stream().filter(f -> !f.isYardstick());
  }

  private static List<Series> series(List<Figure> figures, Function<Figure, Point> point) {
    return series(
        figures.stream()
            .collect(
                Collectors.groupingBy(
                    Figure::implementation,
                    LinkedHashMap::new,
                    Collectors.mapping(point, Collectors.toList()))));
  }

  private static List<Series> series(Map<String, List<Point>> points) {
    return points.entrySet().stream().map(e -> new Series(e.getKey(), e.getValue())).toList();
  }

  private static String note(Figure figure, Roofs roofs) {
    return "%s, %s: %s µs, %s, %s of the roof"
        .formatted(
            figure.implementation(),
            ResultsText.name(figure),
            Numbers.micros(figure.time()),
            Numbers.speed(figure),
            Numbers.percent(figure.shareOf(roofs)));
  }

  private static Double orNull(OptionalDouble value, DoubleUnaryOperator function) {
    return value.isPresent() ? function.applyAsDouble(value.getAsDouble()) : null;
  }
}
