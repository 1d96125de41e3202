package dev.lanewise.bench.peer;

/** How many threads a benchmark method runs on. */
public final class Threads {
  /** The system property that says how many those of {@code Parallel} methods are. */
  public static final String PROPERTY = "lanewise.bench.threads";

  /** How the names of methods on several threads end. */
  static final String PARALLEL = "Parallel";

  private Threads() {}

  /**
   * Whether a method runs on several threads.
   *
   * @param method the name of a benchmark method
   * @return whether it says so
   */
  public static boolean isParallel(String method) {
    return method.endsWith(PARALLEL);
  }

  /**
   * The number that a method asks for.
   *
   * @param method the name of a benchmark method
   * @return 1, or for a name that ends in {@code Parallel} that of {@code
   *     -Dlanewise.bench.threads}, by default all processors
   */
  public static int of(String method) {
    return isParallel(method)
        ? Integer.getInteger(PROPERTY, Runtime.getRuntime().availableProcessors())
        : 1;
  }
}
