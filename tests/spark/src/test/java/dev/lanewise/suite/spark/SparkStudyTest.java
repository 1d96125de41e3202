package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Lanes.Implementation;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyListener;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.learn.tune.Trial;
import dev.lanewise.spark.SparkObjective;
import dev.lanewise.spark.SparkStudy;
import dev.lanewise.spark.TaskThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies on executors: trials, scores and journals of one machine, whatever is killed. */
@Timeout(120)
class SparkStudyTest {
  private static final Space SPACE =
      Space.empty().logUniform("rate", 1e-4, 1).integer("layers", 1, 3).choice("rule", "a", "b");
  private static final SparkObjective OBJECTIVE = SparkStudyTest::score;

  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws InterruptedException {
    cluster = new Cluster(2);
  }

  @AfterAll
  static void stop() {
    cluster.close();
    assertEquals(List.of(), cluster.executors());
  }

  /** A test kills one, and Spark starts another. */
  @BeforeEach
  void bothExecutorsAreThere() throws InterruptedException {
    cluster.awaitExecutors(2);
  }

  /** Of everything that a trial knows. */
  private static double score(Trial trial) throws IOException {
    double score =
        StrictMath.log(trial.assignment().number("rate")) * trial.assignment().integer("layers")
            + trial.assignment().choice("rule").length()
            + 1e-12 * (trial.seed() >> 20)
            + trial.spent() / (double) trial.budget();
    trial.report(1, score / 2);
    if (trial.number() % 5 == 3) {
      throw new IOException("no score for " + trial.number());
    }
    trial.report(2, score);
    return trial.number() % 7 == 5 ? Double.NaN : score;
  }

  private static Study halving(SparkObjective objective) {
    return Study.of(SPACE, Sampler.halving(18, 1, 9, 3), objective).withSeed(8).withWorkers(2);
  }

  /** Which trial is the first to end depends on timing; no order is compared. */
  private static List<String> sorted(Path journal) throws IOException {
    return Files.readAllLines(journal).stream().sorted().toList();
  }

  @Test
  void trialsScoresAndJournalAreThoseOfOneMachine() throws IOException {
    StudyResult local = halving(OBJECTIVE).withJournal(folder.resolve("local")).run();
    Study study = halving(OBJECTIVE).withJournal(folder.resolve("spark"));
    StudyResult onSpark = SparkStudy.of(cluster.session(), study).run();
    assertTrue(onSpark.complete());
    assertEquals(local, onSpark);
    assertEquals(
        Set.of(Status.FINISHED, Status.FAILED),
        Set.copyOf(local.outcomes().stream().map(Outcome::status).toList()));
    assertEquals(
        Set.of(1, 3, 9), Set.copyOf(local.outcomes().stream().map(Outcome::budget).toList()));
    assertEquals(sorted(folder.resolve("local")), sorted(folder.resolve("spark")));
    // What the one has begun, the other takes up, here with nothing left to do.
    assertEquals(local, halving(OBJECTIVE).withJournal(folder.resolve("spark")).run());
  }

  /** The score is where the trial ran: the process's id, the threads and what computes. */
  @Test
  void trialsRunOnExecutorsWithVectorCodeAndTheTasksCore() throws IOException {
    SparkObjective where =
        trial -> {
          Thread.sleep(200); // so that no executor runs all of them
          assertEquals(Implementation.VECTOR, Lanes.implementation());
          assertEquals(1, TaskThreads.workers().threads());
          return ProcessHandle.current().pid();
        };
    Study study = Study.of(SPACE, Sampler.random(6), where).withWorkers(2);
    StudyResult result = SparkStudy.of(cluster.session(), study).run();
    Set<Double> processes = ConcurrentHashMap.newKeySet();
    for (Outcome outcome : result.outcomes()) {
      assertEquals(Status.FINISHED, outcome.status(), outcome.error());
      processes.add(outcome.score());
    }
    assertEquals(2, processes.size(), processes.toString());
    assertTrue(!processes.contains((double) ProcessHandle.current().pid()));
  }

  @Test
  void anExecutorThatIsKilledChangesNothing() throws Exception {
    Kill kill = Kill.in(folder);
    SparkObjective waiting =
        trial -> {
          kill.begin();
          if (trial.number() < 2) {
            kill.pause();
          }
          return score(trial);
        };
    StudyResult local = halving(OBJECTIVE).withJournal(folder.resolve("local")).run();
    Study study = halving(waiting).withJournal(folder.resolve("spark"));
    FutureTask<Void> killer = kill.start(cluster, 2);
    StudyResult onSpark = SparkStudy.of(cluster.session(), study).run();
    killer.get();
    assertEquals(local, onSpark);
    assertEquals(sorted(folder.resolve("local")), sorted(folder.resolve("spark")));
    // One trial was run once more, and no other.
    assertEquals(onSpark.outcomes().size() + 1, kill.processes().size());
  }

  @Test
  void aTrialWhoseTimeIsOverIsStoppedOnItsExecutor() throws Exception {
    String stopped = folder.resolve("stopped").toString();
    SparkObjective endless =
        trial -> {
          while (trial.number() == 1 && !trial.shouldStop()) {
            Thread.onSpinWait();
          }
          if (trial.number() == 1) {
            Files.createFile(Path.of(stopped));
          }
          return 1;
        };
    Study study =
        Study.of(SPACE, Sampler.random(3), endless)
            .withWorkers(2)
            .withTimeout(Duration.ofSeconds(5));
    StudyResult result = SparkStudy.of(cluster.session(), study).run();
    assertEquals(
        List.of(Status.FINISHED, Status.TIMED_OUT, Status.FINISHED),
        result.outcomes().stream().map(Outcome::status).toList());
    while (!Files.exists(Path.of(stopped))) {
      Thread.sleep(20);
    }
  }

  /** What Spark cannot run says nothing of the trial, which the journal keeps no end of. */
  @Test
  void aTrialThatSparkGivesUpEndsTheStudyAndIsRunAgain() throws IOException {
    String broken = folder.resolve("broken").toString();
    SparkObjective lost =
        trial -> {
          if (trial.number() == 2 && !Files.exists(Path.of(broken))) {
            Files.createFile(Path.of(broken));
            throw new Speechless();
          }
          return score(trial);
        };
    Object cannotBeSent = new Object();
    SparkObjective captures = trial -> cannotBeSent.hashCode();
    Path journal = folder.resolve("journal");
    SparkStudy refused = SparkStudy.of(cluster.session(), halving(captures).withJournal(journal));
    Exception thrown = assertThrows(IllegalStateException.class, refused::run);
    assertTrue(
        thrown.getMessage().startsWith("SparkStudy: Spark cannot run trial "), thrown.getMessage());
    assertEquals(
        List.of(),
        Files.readAllLines(journal).stream().filter(line -> line.contains("failed")).toList());
    // Of an exception whose message fails, there is the name.
    StudyResult result = SparkStudy.of(cluster.session(), halving(lost).withJournal(journal)).run();
    assertTrue(result.complete());
    assertEquals(Speechless.class.getName(), result.outcomes().get(2).error());
  }

  /** An exception without a text. */
  static final class Speechless extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
      throw new IllegalStateException();
    }
  }

  @Test
  void anObjectiveThatIsNotSerialisableIsRefused() {
    Study study = Study.of(SPACE, Sampler.random(1), trial -> 1);
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> SparkStudy.of(cluster.session(), study));
    assertTrue(thrown.getMessage().contains("SparkObjective"), thrown.getMessage());
  }

  @Test
  void aStudyThatIsStoppedCanBeGoneOnWithOnOneMachine() throws IOException {
    Path journal = folder.resolve("journal");
    SparkStudy[] running = new SparkStudy[1];
    StudyListener stopping =
        new StudyListener() {
          @Override
          public void afterTrial(Outcome outcome) {
            running[0].stop();
          }

          @Override
          public void beforeTrial(Proposal proposal) {
            assertNotEquals(9, proposal.budget());
          }
        };
    Study study = halving(OBJECTIVE).withListener(stopping).withJournal(journal);
    running[0] = SparkStudy.of(cluster.session(), study);
    assertTrue(!running[0].run().complete());
    assertEquals(halving(OBJECTIVE).run(), halving(OBJECTIVE).withJournal(journal).run());
  }
}
