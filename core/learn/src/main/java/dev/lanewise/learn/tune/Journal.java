package dev.lanewise.learn.tune;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.JsonLine.Damage;
import dev.lanewise.learn.tune.TrialRecords.Ended;
import dev.lanewise.learn.tune.TrialRecords.Event;
import dev.lanewise.learn.tune.TrialRecords.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happens in a study, in a file: {@link TrialRecords}, each on the disk before the study goes
 * on. A trial whose line was torn runs again.
 */
final class Journal implements Recorder {
  /** A line of the file, counted from 1. */
  private record Line<T>(int number, T event) {}

  private final Path file;
  private final JsonLines lines;
  private final Map<Attempt, Line<Started>> starts = new LinkedHashMap<>();
  private final Map<Attempt, Line<Ended>> ends = new LinkedHashMap<>();

  private final Set<Attempt> proposed = new HashSet<>();

  private Journal(Path file, JsonLines lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Begins a journal or goes on with one.
   *
   * @throws DataException if it is another study's, or damaged other than by a torn last line
   * @throws IOException if it is in use, or cannot be opened, read or written
   */
  static Journal open(Path file, Study study) throws IOException {
    JsonLines lines = JsonLines.open(file, "study");
    try {
      Journal journal = new Journal(file, lines);
      lines.resume(
          TrialRecords.header(study),
          (number, line) -> journal.read(number, TrialRecords.event(line)));
      return journal;
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private void read(int number, Event event) throws Damage {
    Attempt attempt = new Attempt(event.trial(), event.budget());
    Line<Ended> end = ends.get(attempt);
    if (end != null) {
      throw new Damage("%s has ended in line %d".formatted(attempt, end.number));
    }
    switch (event) {
      case Started started -> {
        Line<Started> before = starts.put(attempt, new Line<>(number, started));
        if (before != null && !before.event.equals(started)) {
          throw new Damage(
              "%s has other parameters in line %d: %s"
                  .formatted(attempt, before.number, before.event.parameters()));
        }
      }
      case Ended ended -> {
        if (!starts.containsKey(attempt)) {
          throw new Damage(attempt + " has not started");
        }
        ends.put(attempt, new Line<>(number, ended));
      }
    }
  }

  @Override
  public Optional<Outcome> find(Proposal proposal) throws DataException {
    Attempt attempt = Attempt.of(proposal);
    Line<Started> start = starts.get(attempt);
    proposed.add(attempt);
    if (start == null) {
      return Optional.empty();
    }
    String parameters = JsonLine.values(proposal.assignment()).toString();
    if (!start.event.parameters().equals(parameters)) {
      throw new DataException(
          "%s: line %d: %s has the parameters %s; expected %s, which the sampler proposes"
              .formatted(file, start.number, attempt, start.event.parameters(), parameters));
    }
    return Optional.ofNullable(ends.get(attempt))
        .map(
            end ->
                new Outcome(
                    attempt.trial(),
                    proposal.assignment(),
                    attempt.budget(),
                    end.event.status(),
                    end.event.score(),
                    end.event.error(),
                    end.event.reports()));
  }

  @Override
  public void complete() throws DataException {
    for (Map.Entry<Attempt, Line<Started>> start : starts.entrySet()) {
      if (!proposed.contains(start.getKey())) {
        throw new DataException(
            "%s: line %d: the sampler never proposes %s"
                .formatted(file, start.getValue().number, start.getKey()));
      }
    }
  }

  @Override
  public void started(Proposal proposal) throws IOException {
    lines.append(TrialRecords.started(proposal));
  }

  @Override
  public void ended(Outcome outcome) throws IOException {
    lines.append(TrialRecords.ended(outcome));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
