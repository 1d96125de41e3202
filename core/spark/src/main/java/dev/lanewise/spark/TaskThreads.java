package dev.lanewise.spark;

import dev.lanewise.kernels.Workers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.TaskContext;

/** The threads of the kernels in a task of Spark: {@code spark.task.cpus} of them. */
public final class TaskThreads {
  /** Threads end when they have been idle for a minute. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "lanewise-task");
            thread.setDaemon(true);
            return thread;
          });

  private TaskThreads() {}

  /**
   * Threads for what the running task computes.
   *
   * @return workers, which need not be closed; of one thread outside a task
   */
  public static Workers workers() {
    TaskContext context = TaskContext.get();
    return Workers.of(context == null ? 1 : context.cpus(), THREADS);
  }
}
