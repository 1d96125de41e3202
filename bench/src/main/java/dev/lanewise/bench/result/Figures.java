package dev.lanewise.bench.result;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.peer.Threads;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of a run, one for each implementation, variant of an operation and shape.
 *
 * @param all in the order of operations, their variants, shapes by their work, and implementations
 */
public record Figures(List<Figure> all) {
  /** Copies the list. */
  public Figures {
    all = List.copyOf(all);
  }

  /**
   * The figures of a run; what is no operation, such as its calibration, has none.
   *
   * @param results what it has measured
   * @return its figures
   */
  public static Figures of(Results results) {
    return new Figures(
        results.measurements().stream()
            .flatMap(m -> figure(m, results.settings().threads()).stream())
            .sorted(
                Comparator.comparing(Figure::operation)
                    .thenComparing(f -> f.variant().title())
                    .thenComparing(f -> f.operation().units(f.shape()))
                    .thenComparing(f -> f.shape().toString())
                    .thenComparingInt(Figures::rank)
                    .thenComparing(Figure::implementation))
            .toList());
  }

  private static Optional<Figure> figure(Measurement measurement, int threads) {
    Measurement.Key key = measurement.key();
    return Operation.of(key.benchmark())
        .map(
            operation ->
                new Figure(
                    new Variant(operation, key.parameters()),
                    operation.parse(String.valueOf(key.parameters().get("shape"))),
                    key.method(),
                    Threads.isParallel(key.method()) ? threads : 1,
                    measurement));
  }

  /** Implementations that this code does not know come last. */
  private static int rank(Figure figure) {
    List<String> known = figure.operation().implementations();
    int rank = known.indexOf(figure.implementation());
    return rank < 0 ? known.size() : rank;
  }

  /**
   * The variants of operations that have figures.
   *
   * @return in their order
   */
  public List<Variant> variants() {
    return all.stream().map(Figure::variant).distinct().toList();
  }

  /**
   * The shapes at which a variant has figures.
   *
   * @param variant the variant
   * @return by their work
   */
  public List<Shape> shapes(Variant variant) {
    return all.stream()
        .filter(f -> f.variant().equals(variant))
        .map(Figure::shape)
        .distinct()
        .toList();
  }

  /**
   * The figures of a variant at a shape.
   *
   * @param variant the variant
   * @param shape the shape
   * @return by implementation
   */
  public List<Figure> at(Variant variant, Shape shape) {
    return all.stream()
        .filter(f -> f.variant().equals(variant) && f.shape().equals(shape))
        .toList();
  }

  /**
   * Lanewise against every other implementation of the same variants at the same shapes, with
   * several threads against those with several threads.
   *
   * @return in the order of the figures; without those that have no round in common
   */
  public List<SpeedUp> speedUps() {
    return all.stream().filter(Figure::isLanewise).flatMap(f -> speedUps(f).stream()).toList();
  }

  /**
   * One figure of Lanewise against the other implementations.
   *
   * @param lanewise the figure
   * @return in the order of the figures; without those that have no round in common
   */
  public List<SpeedUp> speedUps(Figure lanewise) {
    Set<Integer> rounds = lanewise.measurement().rounds().keySet();
    return at(lanewise.variant(), lanewise.shape()).stream()
        .filter(f -> f.isParallel() == lanewise.isParallel())
        .filter(f -> !f.isLanewise() && !f.isPrepared() && !f.isYardstick())
        .filter(f -> !Collections.disjoint(f.measurement().rounds().keySet(), rounds))
        .map(f -> new SpeedUp(lanewise, f, f.measurement().ratioTo(lanewise.measurement())))
        .toList();
  }

  /**
   * The figures that are errors of measurement.
   *
   * @param roofs the roofs of the run
   * @return those above them
   */
  public List<Figure> above(Roofs roofs) {
    return all.stream().filter(f -> !f.isYardstick() && f.isAbove(roofs)).toList();
  }
}
