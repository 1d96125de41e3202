package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/** A master, workers and executors on this machine, each executor a JVM of its own. */
final class Cluster implements AutoCloseable {
  private static final int SECONDS_TO_START = 60;
  private static final int SECONDS_TO_END = 20;

  private final SparkSession session;

  /** Executors of one core each. */
  Cluster(int executors) throws InterruptedException {
    this(executors, 1, Map.of());
  }

  Cluster(int executors, int cores, Map<String, Object> settings) throws InterruptedException {
    session =
        Loopback.session("local-cluster[%d,%d,1024]".formatted(executors, cores))
            .config(settings)
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.memory", "512m")
            .config("spark.scheduler.minRegisteredResourcesRatio", 1)
            .getOrCreate();
    try {
      awaitExecutors(executors);
    } catch (InterruptedException | RuntimeException e) {
      session.stop(); // nobody else could
      throw e;
    }
  }

  SparkSession session() {
    return session;
  }

  /**
   * Waits until there are so many executors, neither more nor fewer: after a kill, until the dead
   * one is forgotten and the one that Spark starts for it is registered.
   *
   * @throws IllegalStateException if that takes more than a minute
   */
  void awaitExecutors(int expected) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      int running = executors().size();
      int registered = registered();
      if (running == expected && registered == expected) {
        return;
      }
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS_TO_START)) {
        throw new IllegalStateException(
            "Cluster: after %d s %d executors run and %d are registered; expected %d"
                .formatted(SECONDS_TO_START, running, registered, expected));
      }
      Thread.sleep(50);
    }
  }

  /** The driver is among Spark's infos, too. */
  private int registered() {
    return session.sparkContext().statusTracker().getExecutorInfos().length - 1;
  }

  /** The processes of the executors; master and workers are threads of this one. */
  List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** Kills one of so many executors and waits for its end. */
  void kill(int expected) {
    List<ProcessHandle> alive = executors();
    assertEquals(expected, alive.size());
    assertTrue(alive.getFirst().destroyForcibly());
    awaitEnd(List.of(alive.getFirst()));
  }

  /** Ends Spark and waits for its executors, which the next cluster would count as its own. */
  @Override
  public void close() {
    session.stop();
    awaitEnd(executors());
  }

  private static void awaitEnd(List<ProcessHandle> processes) {
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .orTimeout(SECONDS_TO_END, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "Cluster: %d of %d executors still run after %d s"
              .formatted(
                  processes.stream().filter(ProcessHandle::isAlive).count(),
                  processes.size(),
                  SECONDS_TO_END),
          e);
    }
  }
}
