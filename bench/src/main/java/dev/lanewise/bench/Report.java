package dev.lanewise.bench;

import dev.lanewise.bench.console.Argument;
import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.bench.report.Browser;
import dev.lanewise.bench.report.Readme;
import dev.lanewise.bench.report.ResultsPage;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A results file as a page, and as a part of a README. */
@Command(
    name = "report",
    description = "Makes a page of a results file, which opens without a network.")
final class Report implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RESULTS", description = "A file that run has written.")
  private Path input;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "The page; by default beside the results, with the ending .html.")
  private Path output;

  @ArgGroup(exclusive = false)
  private ReadmeOptions readme;

  private static final class ReadmeOptions {
    @Option(
        names = "--readme",
        required = true,
        paramLabel = "FILE",
        description =
            "Writes what is between its lines <!-- figures:begin --> and <!-- figures:end -->"
                + " anew.")
    private Path file;

    @Option(
        names = "--figures",
        required = true,
        paramLabel = "DIR",
        description = "Where the README's charts go. A headless Chromium draws them.")
    private Path folder;
  }

  @Override
  public Integer call() throws IOException {
    Results results = ResultsFile.read(input);
    Path page = Argument.of(spec, this::page);
    if (readme != null) {
      Readme.update(readme.file, readme.folder, results, Browser.find(System.getenv()));
    }
    OutputFile.write(page, ResultsPage.html(results));
    spec.commandLine().getOut().println(page);
    return 0;
  }

  /** Where the page goes, once it is known that it can and that it replaces nothing else. */
  private Path page() throws IOException {
    Path page = output != null ? output : beside(input);
    List<Path> others = new ArrayList<>(List.of(input));
    if (readme != null) {
      others.add(readme.file);
    }
    OutputFile.check("-o", page, others);
    return page;
  }

  private static Path beside(Path results) {
    String name = results.getFileName().toString();
    return results.resolveSibling(name.replaceFirst("\\.json$", "") + ".html");
  }
}
