package dev.lanewise.bench.run;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

/**
 * JMH's command line as far as a run leaves it to the user: parameters, times, profilers, options
 * for the forked JVM, and regular expressions that choose benchmarks.
 */
public final class JmhOptions extends CommandLineOptions {
  private static final long serialVersionUID = 1;

  /** What a run decides itself, by the option's name, and what to use in its place. */
  private static final Map<String, Predicate<Options>> REFUSED =
      Map.of(
          "-f: a run makes one fork a round; use --rounds", o -> o.getForkCount().hasValue(),
          "-wf: a run has no warm-up forks", o -> o.getWarmupForkCount().hasValue(),
          "-t: use --threads, which parallel implementations heed", o -> o.getThreads().hasValue(),
          "-bm: a run measures the average time of a call", o -> !o.getBenchModes().isEmpty(),
          "-tu: a run records nanoseconds", o -> o.getTimeUnit().hasValue(),
          "-o: a run writes its results alone; use --out", o -> o.getOutput().hasValue(),
          "-rff: use --out", o -> o.getResult().hasValue(),
          "-rf: a run writes JSON", o -> o.getResultFormat().hasValue(),
          "-jvm: start lanewise with the JVM that forks shall use", o -> o.getJvm().hasValue(),
          "-jvmArgsPrepend: it would replace the flag for the vector module; use -jvmArgsAppend",
              o -> o.getJvmArgsPrepend().hasValue());

  private final String[] arguments;

  /**
   * Reads a command line.
   *
   * @param arguments as JMH takes them
   * @return the options
   * @throws IllegalArgumentException if JMH does not know one, or if a run decides it itself
   */
  public static JmhOptions parse(List<String> arguments) {
    try {
      JmhOptions options = new JmhOptions(arguments);
      REFUSED.forEach(
          (message, given) -> {
            if (given.test(options)) {
              throw new IllegalArgumentException(message);
            }
          });
      options.wants("");
      return options;
    } catch (CommandLineOptionException | PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "JMH does not take " + String.join(" ", arguments) + ": " + e.getMessage(), e);
    }
  }

  private JmhOptions(List<String> arguments) throws CommandLineOptionException {
    super(arguments.toArray(String[]::new));
    this.arguments = arguments.toArray(String[]::new);
  }

  /** The command line. */
  List<String> arguments() {
    return List.of(arguments);
  }

  /** Whether a benchmark is chosen: by any include, or none being given, and by no exclude. */
  boolean wants(String benchmark) {
    List<String> includes = super.getIncludes();
    return (includes.isEmpty() || includes.stream().anyMatch(regex -> finds(regex, benchmark)))
        && super.getExcludes().stream().noneMatch(regex -> finds(regex, benchmark));
  }

  private static boolean finds(String regex, String name) {
    return Pattern.compile(regex).matcher(name).find();
  }

  /** None: each fork names the one benchmark that it runs. */
  @Override
  public List<String> getIncludes() {
    return List.of();
  }

  /** None, as what is excluded is not in the plan. */
  @Override
  public List<String> getExcludes() {
    return List.of();
  }
}
