package dev.lanewise.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** JMH's own command line. A failure, wrong arguments included, exits with JMH's code, 1. */
@Command(
    name = "jmh",
    description = "Runs JMH with the arguments that follow; try: jmh -h, or jmh -l.")
final class Jmh implements Callable<Integer> {
  @Parameters(paramLabel = "ARGUMENT", description = "What JMH takes.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
