package dev.lanewise.suite.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The end of an executor in the midst of its tasks. They say that they have begun and pause; a
 * thread of the driver kills one of two executors and lets the tasks of the other go on.
 *
 * @param begun a file with a line for each task that has begun: its process's id
 * @param done a file that exists once the executor is dead
 */
record Kill(String begun, String done) implements Serializable {
  private static final int SECONDS = 60;

  static Kill in(Path folder) throws IOException {
    return new Kill(
        Files.createFile(folder.resolve("begun")).toString(), folder.resolve("done").toString());
  }

  /** In a task: says that it has begun. */
  void begin() throws IOException {
    Files.writeString(
        Path.of(begun), ProcessHandle.current().pid() + "\n", StandardOpenOption.APPEND);
  }

  /** In a task: waits until the executor is dead, which may be its own. */
  void pause() throws Exception {
    await(() -> Files.exists(Path.of(done)), "no executor was killed");
  }

  /** The processes of the tasks that have begun, one for each. */
  List<String> processes() throws IOException {
    return Files.readAllLines(Path.of(begun));
  }

  /** Kills one of two executors once so many tasks have begun; what goes wrong is thrown by get. */
  FutureTask<Void> start(Cluster cluster, int tasks) {
    FutureTask<Void> killer =
        new FutureTask<>(
            () -> {
              try {
                await(() -> processes().size() >= tasks, "too few tasks have begun");
                cluster.kill(2);
              } finally {
                Files.createFile(Path.of(done)); // tasks would not end otherwise, nor the test
              }
              return null;
            });
    Thread.ofPlatform().daemon().start(killer);
    return killer;
  }

  private static void await(Callable<Boolean> condition, String otherwise) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS)) {
        throw new IllegalStateException("Kill: %s in %d s".formatted(otherwise, SECONDS));
      }
      Thread.sleep(20);
    }
  }
}
