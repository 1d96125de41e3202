package dev.lanewise.bench;

import dev.lanewise.bench.report.Comparison;
import dev.lanewise.bench.report.ComparisonText;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What got faster or slower from one results file to another. */
@Command(
    name = "compare",
    description = "Says what got faster or slower from one results file to another.",
    exitCodeOnExecutionException = 2,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing is slower",
      "1:something is slower, or failed in AFTER",
      "2:wrong usage, a file that is no results file, or nothing in common"
    })
final class Compare implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The earlier results.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "The later results.")
  private Path after;

  @Option(names = "--markdown", description = "Prints Markdown.")
  private boolean markdown;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      defaultValue = "3",
      description = "The least difference that counts; by default ${DEFAULT-VALUE}.")
  private double threshold;

  @Override
  public Integer call() throws IOException {
    if (!(threshold >= 0 && threshold < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), "--threshold: " + threshold + " is no percentage of 0 or more");
    }
    Comparison comparison = compare(ResultsFile.read(before), ResultsFile.read(after));
    spec.commandLine()
        .getOut()
        .print(markdown ? ComparisonText.markdown(comparison) : ComparisonText.text(comparison));
    spec.commandLine().getOut().flush();
    boolean worse =
        comparison.count(Comparison.Verdict.SLOWER) > 0 || !comparison.broken().isEmpty();
    return worse ? 1 : 0;
  }

  /** What compares nothing must not look like a success. */
  private Comparison compare(Results earlier, Results later) throws IOException {
    if (earlier.equals(later)) {
      throw new IOException("%s and %s are the same results".formatted(before, after));
    }
    Comparison comparison = Comparison.of(earlier, later, threshold / 100);
    if (comparison.cases().isEmpty() && comparison.broken().isEmpty()) {
      throw new IOException(
          "%s and %s have no benchmark in common; they have %d and %d"
              .formatted(
                  before, after, earlier.measurements().size(), later.measurements().size()));
    }
    return comparison;
  }
}
