package dev.lanewise.learn.tune;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.JsonLine.Damage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One run of a babysitter.
 *
 * <p>The trainee saves a kept interval before its line is in the journal, with that line as its
 * note. So a run that was killed in between finds the line there.
 */
final class BabysitterRun {
  private final Babysitter babysitter;
  private final Trainee trainee;
  private final Course course;
  private final JsonLines lines;
  private final Path journal;

  BabysitterRun(
      Babysitter babysitter, Trainee trainee, Course course, JsonLines lines, Path journal) {
    this.babysitter = babysitter;
    this.trainee = trainee;
    this.course = course;
    this.lines = lines;
    this.journal = journal;
  }

  Babysitting run() throws IOException {
    if (course.decisions().isEmpty()) {
      begin();
    } else {
      takeUp();
    }
    boolean complete = false;
    while (!complete && !Thread.currentThread().isInterrupted()) {
      Optional<Nudges.Interval> next =
          course.spent() < babysitter.epochs ? course.next() : Optional.empty();
      complete = next.isEmpty();
      if (next.isPresent()) {
        conclude(trained(next.get().nudge()));
      }
    }
    trainee.restore(course.settings());
    return new Babysitting(course.decisions(), course.settings(), complete);
  }

  private void begin() throws IOException {
    double score = trainee.begin(course.settings());
    if (!Double.isFinite(score)) {
      throw new ArithmeticException(
          "Babysitter: the score before the first epoch is %s; it must be finite".formatted(score));
    }
    Decision beginning = Decision.beginning(score);
    Optional<String> saved = trainee.saved();
    if (saved.isPresent() && !saved.get().equals(line(beginning))) {
      throw new DataException(
          "%s has no decision yet, but the trainee was saved before%s; expected that run's journal,"
                  .formatted(journal, saved.get().isEmpty() ? "" : ", after " + saved.get())
              + " or nothing saved");
    }
    conclude(beginning);
  }

  /** Finds the trainee as the journal left it, or one kept interval further. */
  private void takeUp() throws IOException {
    String note = trainee.restore(course.settings());
    String expected = line(course.lastKept());
    if (note.equals(expected)) {
      return;
    }
    try {
      Decision decision =
          DecisionRecords.decision(JsonLine.parse(note.getBytes(StandardCharsets.UTF_8)));
      course.read(decision);
      lines.append(DecisionRecords.record(decision));
      babysitter.listener.accept(decision);
    } catch (Damage e) {
      throw new DataException(
          "%s: its last kept decision is %s, but the trainee was saved after %s"
              .formatted(journal, expected, note),
          e);
    }
  }

  private Decision trained(Optional<Nudge> nudge) throws IOException {
    int epochs = Math.min(babysitter.interval, babysitter.epochs - course.spent());
    double after = Double.NaN;
    String error = "";
    try {
      after = trainee.train(course.settings(nudge), epochs);
      if (!Double.isFinite(after)) {
        error = "the score is %s; it must be finite".formatted(after);
        after = Double.NaN;
      }
    } catch (ArithmeticException e) {
      error = e.toString();
    }
    return course.decide(nudge, epochs, after, error);
  }

  private void conclude(Decision decision) throws IOException {
    if (decision.kept()) {
      trainee.save(line(decision));
    }
    lines.append(DecisionRecords.record(decision));
    course.add(decision);
    babysitter.listener.accept(decision);
  }

  private static String line(Decision decision) {
    return DecisionRecords.record(decision).toString();
  }
}
