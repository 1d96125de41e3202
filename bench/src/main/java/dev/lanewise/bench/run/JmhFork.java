package dev.lanewise.bench.run;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

/** Measures a {@link Trial} in a JVM of its own, by JMH. */
public final class JmhFork {
  private static final JsonMapper JSON = new JsonMapper();

  private final JmhOptions user;
  private final int parallelThreads;

  /**
   * Forks with a user's options.
   *
   * @param user what goes before the trial's own pace
   * @param parallelThreads how many threads parallel implementations use
   */
  public JmhFork(JmhOptions user, int parallelThreads) {
    this.user = user;
    this.parallelThreads = parallelThreads;
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
            .jvmArgsAppend(append());
    trial.parameters().forEach(options::param);
    if (trial.pace() != null) {
      pace(options, trial);
    }
    return options.build();
  }

  private void pace(ChainedOptionsBuilder options, Trial trial) {
    Pace pace = trial.pace();
    if (!user.getWarmupIterations().hasValue()) {
      options.warmupIterations(pace.warmupIterations(trial.isVectorCode()));
    }
    if (!user.getWarmupTime().hasValue()) {
      options.warmupTime(TimeValue.milliseconds(Pace.WARMUP_MILLIS));
    }
    if (!user.getMeasurementIterations().hasValue()) {
      options.measurementIterations(pace.iterations());
    }
    if (!user.getMeasurementTime().hasValue()) {
      options.measurementTime(TimeValue.milliseconds(pace.millis()));
    }
  }

  private String[] append() {
    List<String> arguments = new ArrayList<>(user.getJvmArgsAppend().orElse(List.of()));
    arguments.add("-Dlanewise.bench.threads=" + parallelThreads);
    return arguments.toArray(String[]::new);
  }

  private static JsonNode json(Collection<RunResult> results) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    return JSON.readTree(text.toString(StandardCharsets.UTF_8)).get(0);
  }
}
