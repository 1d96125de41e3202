package dev.lanewise.bench.result;

import dev.lanewise.bench.jmh.Operation;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An operation with its parameters beside the shape. Only figures of the same variant are held
 * against each other.
 *
 * @param operation what is computed
 * @param parameters by name, without the shape
 */
public record Variant(Operation operation, SortedMap<String, String> parameters) {
  private static final String SHAPE = "shape";

  /** Copies the parameters. */
  public Variant {
    parameters = new TreeMap<>(parameters);
    parameters.remove(SHAPE);
  }

  /**
   * The name in tables and charts.
   *
   * @return for example {@code softmax} or {@code gemm layout=NT}
   */
  public String title() {
    StringBuilder text = new StringBuilder(operation.title());
    parameters.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }
}
