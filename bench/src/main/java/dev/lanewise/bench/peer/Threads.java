package dev.lanewise.bench.peer;

/** How many threads a benchmark method runs on. */
public final class Threads {
  /** The system property that says how many those of {@code Parallel} methods are. */
  public static final String PROPERTY = "lanewise.bench.threads";

  private Threads() {}

  /**
   * The number that a method asks for.
   *
   * @param method the name of a benchmark method
   * @return 1, or for a name that ends in {@code Parallel} that of {@code
   *     -Dlanewise.bench.threads}, by default all processors
   */
  public static int of(String method) {
    return method.endsWith(Peer.PARALLEL)
        ? Integer.getInteger(PROPERTY, Runtime.getRuntime().availableProcessors())
        : 1;
  }
}
