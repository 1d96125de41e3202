package dev.lanewise.bench;

import dev.lanewise.bench.run.BenchmarkFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code lanewise} command line.
 *
 * <p>Exit codes: 0 for success; 1 for a failure, a machine that the doctor finds degraded, and a
 * comparison with something slower; 2 for wrong usage; 130 where Ctrl-C has stopped a run.
 */
@Command(
    name = "lanewise",
    description = "SIMD kernels for neural networks in pure Java: training, figures and a demo.",
    subcommands = {
      Train.class,
      Tune.class,
      Evaluate.class,
      Predict.class,
      Doctor.class,
      Run.class,
      Report.class,
      Compare.class,
      Demo.class,
      Jmh.class
    })
public final class Main implements Runnable {
  /** What is wrong with their options is said in a few lines, as all would fill a screen. */
  private static final List<String> BRIEF = List.of("train", "tune", "evaluate", "predict");

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Shows this text.")
  boolean help;

  private Main() {}

  /**
   * Runs the command line and exits with its code.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /**
   * The command line, ready to execute.
   *
   * @return a new one
   */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExpandAtFiles(false);
    commandLine.setExecutionExceptionHandler(Main::report);
    IParameterExceptionHandler withAllOptions = commandLine.getParameterExceptionHandler();
    commandLine.setParameterExceptionHandler(
        (wrong, arguments) ->
            BRIEF.contains(wrong.getCommandLine().getCommandName())
                ? refuse(wrong)
                : withAllOptions.handleParseException(wrong, arguments));
    CommandLine jmh = commandLine.getSubcommands().get("jmh");
    jmh.setUnmatchedOptionsArePositionalParams(true);
    // JMH has its own.
    jmh.getCommandSpec().remove(jmh.getCommandSpec().findOption("--help"));
    return commandLine;
  }

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int refuse(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println("lanewise: " + wrong.getMessage());
    err.print("Usage: " + command.getHelp().synopsis(0));
    err.println("Try: " + name + " --help");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /**
   * A file or a benchmark that cannot be had explains itself; anything else needs its stack trace.
   */
  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (failure instanceof IOException || failure instanceof BenchmarkFailure) {
      command.getErr().println("lanewise: " + message(failure));
    } else {
      command.getErr().print("lanewise: ");
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** The JDK names a file that is not there, and nothing else. */
  private static String message(Exception failure) {
    return switch (failure) {
      case NoSuchFileException e -> e.getFile() + " does not exist";
      case AccessDeniedException e -> e.getFile() + " may not be read or written";
      default -> failure.getMessage();
    };
  }
}
