package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Report;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.testkit.operand.Mix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Studies: what is run, on which threads, and what trials are told and tell. */
@Timeout(60)
class StudyTest {
  private static final Space SPACE = Benchmarks.BRANIN;

  @AfterEach
  void noThreadIsLeftBehind() {
    assertEquals(List.of(), TrialThreads.names());
    assertFalse(Thread.interrupted());
  }

  private static List<String> ends(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(
            o -> o.trial() + "@" + o.budget() + " " + o.assignment() + " " + o.status() + o.score())
        .toList();
  }

  private static List<Status> statuses(StudyResult result) {
    return result.outcomes().stream().map(Outcome::status).toList();
  }

  /** Also with trials that fail and that end in another order than they start. */
  @Test
  void theNumberOfWorkersDoesNotMatter() throws Exception {
    List<Sampler> samplers =
        List.of(
            Sampler.random(30),
            Sampler.grid(16),
            Sampler.coarseToFine(40),
            Sampler.halving(30, 1, 20, 3));
    Mix mix = new Mix(3);
    for (Sampler sampler : samplers) {
      for (Goal goal : Goal.values()) {
        List<Outcome> expected =
            new Search(SPACE, sampler, 5, goal)
                .run(
                    p ->
                        p.trial() % 7 == 3
                            ? Double.NaN
                            : Benchmarks.branin(p.assignment()) / p.budget());
        for (int workers = 1; workers <= 3; workers++) {
          int salt = mix.below(1000);
          Objective objective =
              trial -> {
                Thread.sleep(new Mix(salt + trial.number()).below(4));
                if (trial.number() % 7 == 3) {
                  throw new IllegalStateException("failed");
                }
                return Benchmarks.branin(trial.assignment()) / trial.budget();
              };
          Study study = Study.of(SPACE, sampler, objective).withSeed(5).withWorkers(workers);
          StudyResult result = (goal == Goal.MAXIMISE ? study.maximising() : study).run();
          assertTrue(result.complete());
          assertEquals(goal, result.goal());
          assertEquals(ends(expected), ends(result.outcomes()), sampler + ", " + workers);
        }
      }
    }
  }

  @Test
  void asManyTrialsRunAtATimeAsThereAreWorkers() throws Exception {
    CyclicBarrier pair = new CyclicBarrier(2);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Objective objective =
        trial -> {
          threads.add(Thread.currentThread());
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          pair.await(10, TimeUnit.SECONDS);
          running.decrementAndGet();
          return 0;
        };
    StudyResult result = Study.of(SPACE, Sampler.random(20), objective).withWorkers(2).run();
    assertEquals(List.of(Status.FINISHED), statuses(result).stream().distinct().toList());
    assertEquals(2, most.get());
    assertTrue(threads.stream().allMatch(Thread::isDaemon));
    assertFalse(threads.contains(Thread.currentThread()));
  }

  @Test
  void trialsKnowTheirNumbers() throws Exception {
    Map<String, Integer> spent = new HashMap<>();
    Map<Integer, Set<Long>> seeds = new HashMap<>();
    Objective objective =
        trial -> {
          spent.put(trial.number() + "@" + trial.budget(), trial.spent());
          seeds.computeIfAbsent(trial.number(), n -> new HashSet<>()).add(trial.seed());
          assertEquals(4, trial.assignment().values().size());
          assertFalse(trial.shouldStop());
          return trial.number();
        };
    StudyResult result =
        Study.of(SPACE, Sampler.halving(4, 3, 10, 2), objective).withSeed(9).maximising().run();
    assertEquals(
        Map.of("0@3", 0, "1@3", 0, "2@3", 0, "3@3", 0, "3@6", 3, "2@6", 3, "3@10", 6), spent);
    Outcome best = result.best().orElseThrow();
    assertEquals(3, best.trial());
    assertEquals(10, best.budget());
    Set<Long> all = new HashSet<>();
    seeds.values().forEach(some -> assertEquals(1, some.size()));
    seeds.values().forEach(all::addAll);
    assertEquals(4, all.size());
    assertEquals(4, all.stream().map(seed -> seed >>> 32).distinct().count());
    assertEquals(4, all.stream().map(Long::intValue).distinct().count());
    List<Long> other = new ArrayList<>();
    Study.of(SPACE, Sampler.random(1), trial -> other.add(trial.seed()) ? 1 : 0).withSeed(10).run();
    assertNotEquals(seeds.get(0), Set.copyOf(other));
  }

  /** A halving study's best is at the largest budget, not the best score at a smaller one. */
  @Test
  void theBestIsOneOfTheLargestBudget() throws Exception {
    StudyResult result =
        Study.of(SPACE, Sampler.halving(4, 1, 4, 2), t -> t.number() + 10 * t.budget()).run();
    assertEquals(4, result.best().orElseThrow().budget());
    assertEquals(40.0, result.best().orElseThrow().score());
  }

  @Test
  void reportsAreKept() throws Exception {
    Objective objective =
        trial -> {
          trial.report(-1, 3);
          trial.report(5, trial.number());
          if (trial.number() == 1) {
            trial.report(5, 1);
          }
          if (trial.number() == 2) {
            trial.report(6, Double.NaN);
          }
          return 1;
        };
    StudyResult result = Study.of(SPACE, Sampler.random(3), objective).run();
    assertEquals(
        List.of(
            "",
            "Trial 1: step 5 is reported after step 5; steps must rise",
            "Trial 2: the score reported at step 6 is NaN; it must be finite"),
        result.outcomes().stream()
            .map(outcome -> outcome.error().replace("java.lang.IllegalArgumentException: ", ""))
            .toList());
    IntStream.range(0, 3)
        .forEach(
            i ->
                assertEquals(
                    List.of(new Report(-1, 3), new Report(5, i)),
                    result.outcomes().get(i).reports()));
  }

  private static void refused(Executable call, String words) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void settingsOutOfRange() {
    Study study = Study.of(SPACE, Sampler.random(3), trial -> 1);
    refused(() -> study.withWorkers(0), "Study: workers is 0; it must be at least 1");
    refused(() -> study.withTimeout(Duration.ZERO), "Study: timeout is PT0S; it must be above 0");
    refused(() -> study.withTimeout(Duration.ofSeconds(-1)), "timeout is PT-1S");
    refused(() -> Study.of(null, Sampler.random(3), trial -> 1), "space");
    refused(() -> Study.of(SPACE, null, trial -> 1), "sampler");
    refused(() -> Study.of(SPACE, Sampler.random(3), null), "objective");
    List<Proposal> twice = Sampler.random(1).next(SPACE, 1, Goal.MINIMISE, List.of());
    Sampler broken =
        new Sampler() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public List<Proposal> next(Space space, long seed, Goal goal, List<Outcome> before) {
            return twice;
          }
        };
    refused(() -> Study.of(SPACE, broken, trial -> 1).run(), "proposes trial 0 at budget 1 twice");
  }
}
