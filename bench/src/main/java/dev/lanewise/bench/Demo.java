package dev.lanewise.bench;

import dev.lanewise.bench.demo.BenchmarkFailure;
import dev.lanewise.bench.demo.QuickPass;
import dev.lanewise.bench.example.DigitsExample;
import dev.lanewise.kernels.Lanes;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Figures of every operation on this machine, then a network trained with them. */
@Command(
    name = "demo",
    description = "Measures every operation in a few minutes, then trains a digit classifier.")
final class Demo implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder with the UCI digits, to train on those too.")
  private Path data;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  boolean help;

  @Override
  public Integer call() throws BenchmarkFailure, IOException {
    if (data != null && !Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: " + data + " is not a folder");
    }
    PrintStream out = System.out;
    Console console = System.console();
    out.println(Lanes.describe());
    out.println(Machine.describe());
    out.println();
    out.println(QuickPass.run(out, console != null && console.isTerminal()).format());
    DigitsExample.run(data, out);
    return 0;
  }
}
