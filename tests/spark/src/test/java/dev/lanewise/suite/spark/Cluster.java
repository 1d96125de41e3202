package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A master, workers and executors on this machine, each executor a JVM of its own. */
final class Cluster implements AutoCloseable {
  private final SparkSession session;

  Cluster(int executors) {
    this(executors, Map.of());
  }

  Cluster(int executors, Map<String, Object> settings) {
    session =
        SparkSession.builder()
            .config(settings)
            .appName("lanewise")
            .master("local-cluster[%d,1,1024]".formatted(executors))
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.memory", "512m")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
            .config("spark.scheduler.minRegisteredResourcesRatio", 1)
            .getOrCreate();
    while (executors().size() < executors
        || session.sparkContext().statusTracker().getExecutorInfos().length <= executors) {
      Thread.onSpinWait(); // the driver is counted among those infos
    }
  }

  SparkSession session() {
    return session;
  }

  /** The processes of the executors; master and workers are threads of this one. */
  List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** Kills one of so many executors. */
  void kill(int expected) {
    List<ProcessHandle> alive = executors();
    assertEquals(expected, alive.size());
    assertTrue(alive.getFirst().destroyForcibly());
  }

  @Override
  public void close() {
    session.stop();
  }
}
