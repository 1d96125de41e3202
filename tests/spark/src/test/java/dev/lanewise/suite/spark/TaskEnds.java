package dev.lanewise.suite.spark;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Which executors have finished how many tasks, and how many tasks were lost with theirs. */
final class TaskEnds extends SparkListener {
  private final SparkContext context;
  private final Map<String, Integer> finished = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();

  private TaskEnds(SparkContext context) {
    this.context = context;
  }

  /** Those of a session from now on. */
  static TaskEnds of(SparkSession session) throws TimeoutException {
    TaskEnds ends = new TaskEnds(session.sparkContext());
    ends.awaitEvents(); // those of earlier tasks
    ends.context.addSparkListener(ends);
    return ends;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo().successful()) {
      finished.merge(end.taskInfo().executorId(), 1, Integer::sum);
    } else if (end.reason() instanceof ExecutorLostFailure) {
      lost.incrementAndGet();
    }
  }

  /** Numbers of tasks by executor, without those that the driver has run itself. */
  Map<String, Integer> finished() throws TimeoutException {
    awaitEvents();
    Map<String, Integer> onExecutors = new TreeMap<>(finished);
    onExecutors.remove("driver");
    return onExecutors;
  }

  int lost() throws TimeoutException {
    awaitEvents();
    return lost.get();
  }

  /** Spark tells its listeners on a thread of its own. */
  private void awaitEvents() throws TimeoutException {
    context.listenerBus().waitUntilEmpty();
  }
}
