package dev.lanewise.learn.tune;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One run of a study. Its thread starts trials, waits for them and records them; nothing else is
 * shared with the trials' threads than a queue of those that have ended.
 */
final class StudyRun {
  /** How long a trial that was asked to stop may take before its thread is given up. */
  private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

  /** How long a trial's thread may be gone unseen. */
  private static final long GLANCE_NANOS = Duration.ofSeconds(1).toNanos();

  /** 146 years, so that no sum overflows. */
  private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

  private final Study study;
  private final BlockingQueue<Optional<Execution>> inbox = new LinkedBlockingQueue<>();
  private final Set<Execution> running = new LinkedHashSet<>();
  private final Set<Attempt> proposed = new HashSet<>();
  private final Map<Attempt, Outcome> ends = new HashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private Recorder recorder;
  private StudyListener listener;
  private boolean interrupted;

  StudyRun(Study study, Recorder recorder) {
    this.study = study;
    this.recorder = recorder;
    this.listener = study.listener;
  }

  /** Lets the run see that the study is to stop. From any thread. */
  void wake() {
    inbox.add(Optional.empty());
  }

  StudyResult run() throws IOException {
    try {
      while (true) {
        List<Proposal> round =
            study.sampler.next(study.space, study.seed, study.goal, List.copyOf(outcomes));
        if (round.isEmpty()) {
          recorder.complete();
          return new StudyResult(study.goal, outcomes, true);
        }
        if (!run(round)) {
          return new StudyResult(study.goal, outcomes, false);
        }
      }
    } finally {
      // Trials still run if recording failed; then nothing more is recorded.
      recorder = Recorder.NONE;
      listener = StudyListener.NONE;
      while (!running.isEmpty()) {
        askAll();
        await();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether all of the round's trials have ended. */
  private boolean run(List<Proposal> round) throws IOException {
    Deque<Proposal> waiting = new ArrayDeque<>();
    for (Proposal proposal : round) {
      Attempt attempt = Attempt.of(proposal);
      if (!proposed.add(attempt)) {
        throw new IllegalStateException(
            "Study: the sampler %s proposes %s twice".formatted(study.sampler.name(), attempt));
      }
      Optional<Outcome> known = recorder.find(proposal);
      if (known.isPresent()) {
        ends.put(attempt, known.get());
        listener.alreadyEnded(known.get());
      } else {
        waiting.add(proposal);
      }
    }
    while (!waiting.isEmpty() || !running.isEmpty()) {
      if (interrupted || study.isStopped()) {
        waiting.clear();
        askAll();
      }
      while (running.size() < study.workers && !waiting.isEmpty()) {
        start(waiting.remove());
      }
      if (!running.isEmpty()) {
        await();
      }
    }
    boolean complete = true;
    for (Proposal proposal : round) {
      Outcome end = ends.get(Attempt.of(proposal));
      if (end == null) {
        complete = false;
      } else {
        outcomes.add(end);
      }
    }
    return complete;
  }

  private void start(Proposal proposal) throws IOException {
    listener.beforeTrial(proposal);
    recorder.started(proposal);
    int spent =
        outcomes.stream()
            .filter(outcome -> outcome.trial() == proposal.trial())
            .filter(outcome -> outcome.status() == Outcome.Status.FINISHED)
            .filter(outcome -> outcome.budget() < proposal.budget())
            .mapToInt(Outcome::budget)
            .max()
            .orElse(0);
    Trial trial = new Trial(proposal, spent, study.trialSeed(proposal.trial()));
    Execution execution =
        new Execution(study.objective, trial, ended -> inbox.add(Optional.of(ended)));
    running.add(execution);
    boolean limited =
        study.timeout != null && study.timeout.compareTo(Duration.ofNanos(FOR_EVER_NANOS)) < 0;
    execution.start(limited ? study.timeout.toNanos() : FOR_EVER_NANOS);
  }

  /** Waits until a trial has ended, its time is over or the study is to stop. */
  private void await() throws IOException {
    long nanos = running.stream().mapToLong(Execution::remainingNanos).min().orElse(FOR_EVER_NANOS);
    List<Execution> gone = running.stream().filter(execution -> !execution.isAlive()).toList();
    try {
      long patience = Math.clamp(nanos, 0, GLANCE_NANOS);
      endAll(inbox.poll(patience, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      interrupted = true;
      endAll(inbox.poll());
    }
    for (Execution execution : gone) {
      if (running.remove(execution) && !execution.isAsked()) {
        record(execution.failed("its thread has ended without a result: out of memory?"));
      }
    }
    for (Execution execution : List.copyOf(running)) {
      // While another was recorded, this one may have ended in time.
      endAll(inbox.poll());
      if (running.contains(execution) && execution.remainingNanos() <= 0) {
        expire(execution);
      }
    }
  }

  /** Takes a trial that has ended, if there is one, and all others that have by now. */
  private void endAll(Optional<Execution> first) throws IOException {
    for (Optional<Execution> ended = first; ended != null; ended = inbox.poll()) {
      if (ended.isPresent()) {
        end(ended.get());
      }
    }
  }

  private void end(Execution execution) throws IOException {
    interrupted |= execution.join();
    // One that was asked to stop may have ended because of that, so its outcome says nothing.
    if (running.remove(execution) && execution.isUndisturbed()) {
      record(execution.outcome());
    }
  }

  private void expire(Execution execution) throws IOException {
    if (execution.isAsked()) {
      running.remove(execution);
    } else {
      // What it reports once it is asked to stop does not count.
      Outcome late = execution.timedOut("not finished after " + study.timeout);
      execution.ask(GRACE_NANOS);
      record(late);
    }
  }

  private void askAll() {
    for (Execution execution : running) {
      if (!execution.isAsked()) {
        execution.ask(GRACE_NANOS);
      }
    }
  }

  /** The first outcome of a trial counts. */
  private void record(Outcome outcome) throws IOException {
    if (ends.putIfAbsent(Attempt.of(outcome), outcome) == null) {
      recorder.ended(outcome);
      listener.afterTrial(outcome);
    }
  }
}
