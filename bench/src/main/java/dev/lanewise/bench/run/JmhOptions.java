package dev.lanewise.bench.run;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * JMH's command line as far as a run leaves it to the user: parameters, times, profilers, and
 * regular expressions that choose benchmarks.
 */
public final class JmhOptions extends CommandLineOptions {
  private static final long serialVersionUID = 1;

  private static final String JVM_OPTIONS =
      "put the JVM's options into JDK_JAVA_OPTIONS, so that results record them";

  /** What a run decides itself, by the option's name, and what to use in its place. */
  private static final Map<String, Predicate<CommandLineOptions>> REFUSED =
      Map.ofEntries(
          entry("-f: a run makes one fork a round; use --rounds", o -> o.getForkCount().hasValue()),
          entry("-wf: a run has no warm-up forks", o -> o.getWarmupForkCount().hasValue()),
          entry(
              "-t: use --threads, which parallel implementations heed",
              o -> o.getThreads().hasValue()),
          entry("-tg: a benchmark of a run has no groups", o -> o.getThreadGroups().hasValue()),
          entry(
              "-bm: a run measures the average time of a call", o -> !o.getBenchModes().isEmpty()),
          entry("-tu: a run records nanoseconds", o -> o.getTimeUnit().hasValue()),
          entry("-opi: a call is one operation", o -> o.getOperationsPerInvocation().hasValue()),
          entry("-o: a run writes its results alone; use --out", o -> o.getOutput().hasValue()),
          entry("-rff: use --out", o -> o.getResult().hasValue()),
          entry("-rf: a run writes JSON", o -> o.getResultFormat().hasValue()),
          entry("-jvm: set LANEWISE_JAVA_HOME to the JDK", o -> o.getJvm().hasValue()),
          entry("-jvmArgs: " + JVM_OPTIONS, o -> o.getJvmArgs().hasValue()),
          entry("-jvmArgsPrepend: " + JVM_OPTIONS, o -> o.getJvmArgsPrepend().hasValue()),
          entry("-jvmArgsAppend: " + JVM_OPTIONS, o -> o.getJvmArgsAppend().hasValue()),
          entry("-h, -l, -lp, -lprof, -lrf: use the command jmh", JmhOptions::listsSomething));

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

  private static Map.Entry<String, Predicate<CommandLineOptions>> entry(
      String message, Predicate<CommandLineOptions> given) {
    return Map.entry(message, given);
  }

  private static boolean listsSomething(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }

  private JmhOptions(List<String> arguments) throws CommandLineOptionException {
    super(arguments.toArray(String[]::new));
  }

  /** Whether a benchmark is chosen: by any include, or none being given, and by no exclude. */
  boolean wants(String benchmark) {
    List<String> includes = super.getIncludes();
    return (includes.isEmpty() || includes.stream().anyMatch(regex -> finds(regex, benchmark)))
        && super.getExcludes().stream().noneMatch(regex -> finds(regex, benchmark));
  }

  /** Whether a regular expression says what is wanted. */
  boolean chooses() {
    return !super.getIncludes().isEmpty();
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
