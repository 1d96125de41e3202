package dev.lanewise.bench.result;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Shape;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of a run, one for each implementation, operation and shape.
 *
 * @param all in the order of operations, shapes by their work, and implementations
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
                    operation,
                    operation.parse(key.parameters().get("shape")),
                    key.method(),
                    Figure.isParallel(key.method()) ? threads : 1,
                    measurement));
  }

  /** Implementations that this code does not know come last. */
  private static int rank(Figure figure) {
    List<String> known = figure.operation().implementations();
    int rank = known.indexOf(figure.implementation());
    return rank < 0 ? known.size() : rank;
  }

  /**
   * The operations that have figures.
   *
   * @return in their order
   */
  public List<Operation> operations() {
    return all.stream().map(Figure::operation).distinct().toList();
  }

  /**
   * The shapes at which an operation has figures.
   *
   * @param operation the operation
   * @return by their work
   */
  public List<Shape> shapes(Operation operation) {
    return all.stream()
        .filter(f -> f.operation() == operation)
        .map(Figure::shape)
        .distinct()
        .toList();
  }

  /**
   * The figures of an operation at a shape.
   *
   * @param operation the operation
   * @param shape the shape
   * @return by implementation
   */
  public List<Figure> at(Operation operation, Shape shape) {
    return all.stream().filter(f -> f.operation() == operation && f.shape().equals(shape)).toList();
  }

  /**
   * One figure.
   *
   * @param operation the operation
   * @param shape the shape
   * @param implementation the implementation
   * @return the figure, if there is one
   */
  public Optional<Figure> find(Operation operation, Shape shape, String implementation) {
    return at(operation, shape).stream()
        .filter(f -> f.implementation().equals(implementation))
        .findFirst();
  }

  /**
   * Lanewise against every other implementation of the same operations at the same shapes, with
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
    return at(lanewise.operation(), lanewise.shape()).stream()
        .filter(f -> f.isParallel() == lanewise.isParallel() && !f.isLanewise() && !f.isYardstick())
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
