package dev.lanewise.bench.run;

import dev.lanewise.bench.machine.Jvm;
import dev.lanewise.bench.peer.Threads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Measures a {@link Trial} in a JVM of its own, by JMH. */
public final class JmhFork {
  private static final JsonMapper JSON = new JsonMapper();

  private final JmhOptions user;
  private final int parallelThreads;
  private final PrintStream console;

  /**
   * Forks with a user's options.
   *
   * @param user profilers and whatever else the trial leaves open
   * @param parallelThreads how many threads parallel implementations use
   * @param console where profilers print
   */
  public JmhFork(JmhOptions user, int parallelThreads, PrintStream console) {
    this.user = user;
    this.parallelThreads = parallelThreads;
    this.console = console;
  }

  /**
   * Runs one fork.
   *
   * @param trial what it measures
   * @return JMH's record of it
   * @throws BenchmarkFailure if JMH gives none
   */
  public JsonNode run(Trial trial) throws BenchmarkFailure {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Exception cause = null;
    try (PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      Collection<RunResult> results =
          new Runner(
                  options(trial), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .run();
      if (results.size() == 1) {
        printProfiles(trial, results);
        return json(results);
      }
    } catch (RunnerException e) {
      cause = e;
    }
    throw new BenchmarkFailure(log.toString(StandardCharsets.UTF_8), cause);
  }

  private Options options(Trial trial) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(user)
            .include("^" + Pattern.quote(trial.name()) + "$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .threads(trial.threads())
            .forks(1)
            .warmupForks(0)
            .shouldFailOnError(true)
            .jvmArgsAppend("-D" + Threads.PROPERTY + "=" + parallelThreads);
    trial.parameters().forEach(options::param);
    Pace pace = trial.pace();
    return options
        .warmupIterations(pace.warmupIterations())
        .warmupTime(TimeValue.milliseconds(Math.max(1, pace.warmupMillis())))
        .measurementIterations(pace.iterations())
        .measurementTime(TimeValue.milliseconds(pace.millis()))
        .build();
  }

  /** What profilers say in words; JSON has their figures alone. */
  private void printProfiles(Trial trial, Collection<RunResult> results) {
    for (RunResult result : results) {
      result
          .getSecondaryResults()
          .values()
          .forEach(
              profile -> {
                String text = profile.extendedInfo().strip();
                if (!text.isEmpty()) {
                  console.printf("%n%s%n%s%n", trial.key(), text);
                }
              });
    }
  }

  private static JsonNode json(Collection<RunResult> results) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    ObjectNode record = (ObjectNode) JSON.readTree(text.toString(StandardCharsets.UTF_8)).get(0);
    record.put("jvm", Jvm.withoutFolders(record.path("jvm").asString()));
    ArrayNode arguments = record.arrayNode();
    record.path("jvmArgs").forEach(a -> arguments.add(Jvm.withoutFolders(a.asString())));
    record.set("jvmArgs", arguments);
    return record;
  }
}
