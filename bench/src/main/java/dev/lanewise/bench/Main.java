package dev.lanewise.bench;

import dev.lanewise.bench.run.BenchmarkFailure;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    description = "SIMD kernels for neural networks in pure Java: figures and a demo.",
    subcommands = {Doctor.class, Run.class, Report.class, Compare.class, Demo.class, Jmh.class})
public final class Main implements Runnable {
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

  /**
   * A file or a benchmark that cannot be had explains itself; anything else needs its stack trace.
   */
  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (failure instanceof IOException || failure instanceof BenchmarkFailure) {
      command.getErr().println("lanewise: " + failure.getMessage());
    } else {
      command.getErr().print("lanewise: ");
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
