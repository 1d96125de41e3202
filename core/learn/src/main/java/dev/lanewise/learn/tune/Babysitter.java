package dev.lanewise.learn.tune;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.internal.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Watches one model: before each interval of some epochs it nudges a parameter, such as the
 * learning rate, and keeps the nudge if the score improved; else the model goes back to what it was
 * before, and so do its settings.
 *
 * <pre>{@code
 * Space space =
 *     Space.empty().logUniform("rate", 1e-5, 1).oneMinusLogUniform("momentum", 0.5, 0.99);
 * NetworkTrainee trainee =
 *     NetworkTrainee.of(
 *         trainer, data, s -> Optimizer.momentum(s.number("rate"), s.number("momentum")));
 * Babysitter.of(space, Map.of("rate", 1e-3, "momentum", 0.9), 2, 60)
 *     .run(trainee, Path.of("babysitter.jsonl"));
 * }</pre>
 *
 * <p>Which nudge is next follows from the decisions so far. In turn: an interval without a nudge,
 * then each parameter up and down. A kept nudge is made again unless the score then improved less
 * than half as fast as in the kept interval before. From one checkpoint no interval is trained
 * twice: of a nudge that was rolled back the step is next twice as large, then half, four times, a
 * quarter, until something is kept.
 *
 * <p>Epochs that are rolled back count as spent. As many tries are judged by it, the score flatters
 * in the end: data that were neither trained nor validated on tell how good the model is.
 *
 * <p>The same settings and trainee have the same decisions. Settings do not change: each {@code
 * with} gives another babysitter.
 */
public final class Babysitter {
  private static final String NAME = "Babysitter";
  private static final double STEP = 0.1;

  // Set before a babysitter is handed out, and not afterwards.
  final Space space;
  final Assignment start;
  final int interval;
  final int epochs;
  double step = STEP;
  Goal goal = Goal.MINIMISE;
  Consumer<Decision> listener = decision -> {};

  private Babysitter(Space space, Assignment start, int interval, int epochs) {
    this.space = space;
    this.start = start;
    this.interval = interval;
    this.epochs = epochs;
  }

  private Babysitter copy() {
    Babysitter copy = new Babysitter(space, start, interval, epochs);
    copy.step = step;
    copy.goal = goal;
    copy.listener = listener;
    return copy;
  }

  /**
   * Lower scores are better; a nudge is a tenth of its parameter's scale.
   *
   * @param space the parameters that are nudged, at least one: numbers without conditions
   * @param start the value of each at the beginning, by name
   * @param interval the epochs of an interval, at least 1
   * @param epochs how many epochs may be trained in all, at least 1
   * @return the babysitter
   * @throws NullPointerException if the space or the start is null
   * @throws IllegalArgumentException if the space is empty or has a choice or a condition, the
   *     start does not have a value of each parameter and no other, or interval or epochs is below
   *     1
   */
  public static Babysitter of(Space space, Map<String, ?> start, int interval, int epochs) {
    Checks.notNull(NAME, "space", space);
    Checks.notNull(NAME, "start", start);
    if (space.parameters().isEmpty()) {
      throw new IllegalArgumentException("Babysitter: the space has no parameter to nudge");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      if (parameter.isChoice() || parameter.condition().isPresent()) {
        throw new IllegalArgumentException(
            "Babysitter: parameter %s cannot be nudged; expected a number without a condition"
                .formatted(parameter));
      }
      parameter.position(start.get(parameter.name()));
      values.put(parameter.name(), start.get(parameter.name()));
    }
    if (!start.keySet().equals(values.keySet())) {
      throw new IllegalArgumentException(
          "Babysitter: it starts with values of %s; the space has %s"
              .formatted(start.keySet(), values.keySet()));
    }
    return new Babysitter(
        space,
        new Assignment(values),
        Checks.atLeastOne(NAME, "interval", interval),
        Checks.atLeastOne(NAME, "epochs", epochs));
  }

  /**
   * Sets how far a nudge goes.
   *
   * @param share the share of the parameter's own scale, above 0 and below 1
   * @return a babysitter like this one
   * @throws IllegalArgumentException if the share is not above 0 and below 1
   */
  public Babysitter withStep(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "Babysitter: step is %s; it must be above 0 and below 1".formatted(share));
    }
    Babysitter copy = copy();
    copy.step = share;
    return copy;
  }

  /**
   * Lets higher scores be better.
   *
   * @return a babysitter like this one
   */
  public Babysitter maximising() {
    Babysitter copy = copy();
    copy.goal = Goal.MAXIMISE;
    return copy;
  }

  /**
   * Sets who is told of each decision, once it is in the journal.
   *
   * @param told is told
   * @return a babysitter like this one
   * @throws NullPointerException if the argument is null
   */
  public Babysitter withListener(Consumer<Decision> told) {
    Checks.notNull(NAME, "listener", told);
    Babysitter copy = copy();
    copy.listener = told;
    return copy;
  }

  /**
   * Trains until the budget is spent, or goes on with what was begun: then the trainee is taken
   * back to what it saved last. A run that was killed at any time ends with the same decisions and
   * bits as one that was not. The number of epochs may be another than then; if intervals do not
   * divide that of then, its last interval was shorter. An interrupt ends it after the interval
   * under way, and is kept.
   *
   * <p>At the end the trainee is as it was kept last.
   *
   * @param trainee the model
   * @param journal a file in JSON Lines with all decisions, each appended and forced to the disk.
   *     It need not exist; a torn last line is cut off
   * @return the decisions
   * @throws IOException if the journal is in use, another run's or damaged, does not fit what the
   *     trainee has saved, or either cannot be read or written
   * @throws ArithmeticException if the score is not finite before the first epoch
   */
  public Babysitting run(Trainee trainee, Path journal) throws IOException {
    Checks.notNull(NAME, "trainee", trainee);
    Checks.notNull(NAME, "journal", journal);
    Course course = new Course(this);
    try (JsonLines lines = JsonLines.open(journal, DecisionRecords.USER)) {
      lines.resume(
          DecisionRecords.header(this),
          (number, line) -> course.read(DecisionRecords.decision(line)));
      return new BabysitterRun(this, trainee, course, lines, journal).run();
    }
  }

  /**
   * Reads the decisions of a journal, also while they are made.
   *
   * @param journal the file
   * @return the decisions, of which there may be none yet; a torn last line is none
   * @throws IOException if it cannot be read, or a line is damaged
   */
  public static List<Decision> decisions(Path journal) throws IOException {
    Checks.notNull(NAME, "journal", journal);
    List<Decision> decisions = new ArrayList<>();
    int end =
        JsonLines.read(
            journal,
            Files.readAllBytes(journal),
            (number, line) -> {
              if (number == 1) {
                DecisionRecords.checkHeader(line);
              } else {
                decisions.add(DecisionRecords.decision(line));
              }
            });
    if (end == 0) {
      throw new DataException(
          "%s: it has no whole line; expected a journal of a %s"
              .formatted(journal, DecisionRecords.USER));
    }
    return List.copyOf(decisions);
  }
}
