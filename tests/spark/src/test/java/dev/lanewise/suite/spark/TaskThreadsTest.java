package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.spark.SparkObjective;
import dev.lanewise.spark.SparkStudy;
import dev.lanewise.spark.TaskThreads;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of the kernels in tasks that have more than one core. */
@Timeout(120)
class TaskThreadsTest {
  /** The score is the number of threads. */
  private static final SparkObjective THREADS = trial -> TaskThreads.workers().threads();

  @Test
  void aTaskHasAsManyThreadsAsCores() throws Exception {
    Study study = Study.of(Space.empty().uniform("any", 0, 1), Sampler.random(2), THREADS);
    try (Cluster cluster = new Cluster(1, 2, Map.of("spark.task.cpus", 2))) {
      List<Outcome> outcomes = SparkStudy.of(cluster.session(), study).run().outcomes();
      assertEquals(List.of(2.0, 2.0), outcomes.stream().map(Outcome::score).toList());
    }
    assertEquals(1, TaskThreads.workers().threads(), "outside a task");
  }
}
