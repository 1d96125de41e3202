package dev.lanewise.bench.run;

import dev.lanewise.bench.jmh.OperationBenchmark;
import dev.lanewise.bench.result.Measurement;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one fork measures.
 *
 * @param suite the suite that it belongs to
 * @param benchmark the JMH class
 * @param method its method
 * @param parameters the values of its parameters
 * @param threads how many threads call the method
 * @param pace how long
 */
public record Trial(
    String suite,
    Class<? extends OperationBenchmark> benchmark,
    String method,
    SortedMap<String, String> parameters,
    int threads,
    Pace pace) {

  /** Copies the parameters. */
  public Trial {
    parameters = new TreeMap<>(parameters);
  }

  /**
   * What tells trials apart.
   *
   * @return the key that its measurement will have
   */
  public Measurement.Key key() {
    return new Measurement.Key(benchmark.getSimpleName(), method, parameters, threads);
  }

  /**
   * The name of the benchmark as JMH knows it.
   *
   * @return class and method
   */
  public String name() {
    return benchmark.getName() + "." + method;
  }

  /**
   * About how long it takes.
   *
   * @return seconds
   */
  public double seconds() {
    return pace.seconds();
  }
}
