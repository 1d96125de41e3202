package dev.lanewise.bench.result;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a run, one for each implementation, operation and shape.
 *
 * @param all in the order of operations, shapes by their work, and implementations
 */
public record Figures(List<Figure> all) {
  /** A yardstick, which does not do the operation. */
  public static final String COPY = "copy";

  private static final String PARALLEL = "Parallel";

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
                    .thenComparing(
                        f -> f.operation().implementations().indexOf(f.implementation())))
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
                    key.method().endsWith(PARALLEL) ? threads : 1,
                    measurement));
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
}
