package dev.lanewise.bench;

import dev.lanewise.bench.example.DigitsExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Figures of the operations on this machine, then a network trained with them. */
@Command(
    name = "demo",
    description = "Measures the operations in a few minutes, then trains a digit classifier.")
final class Demo implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder with the UCI digits, to train on those too.")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where results go; a report goes beside it (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("results.json");

  @Option(names = "--overwrite", description = "Replaces the results file if there is one.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    if (data != null && !Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: " + data + " is not a folder");
    }
    if (Files.exists(out) && !overwrite) {
      throw new ParameterException(
          spec.commandLine(),
          "--out: " + out + " exists; --overwrite replaces it, --out names another");
    }
    Optional<FileTime> before = lastModified();
    int code = execute("run", "--quick", overwrite ? "--overwrite" : "", "--out=" + out);
    if (code != 0 && lastModified().equals(before)) {
      // It failed before it measured anything: what may be there are the figures of another run.
      return code;
    }
    // A benchmark that failed, such as a peer that does not load here, takes nothing else along.
    int reported = execute("report", out.toString());
    DigitsExample.run(data, System.out);
    return Math.max(code, reported);
  }

  private Optional<FileTime> lastModified() throws IOException {
    return Files.exists(out) ? Optional.of(Files.getLastModifiedTime(out)) : Optional.empty();
  }

  /** Another command, as the user would type it. */
  private static int execute(String... words) {
    return Main.commandLine()
        .execute(Arrays.stream(words).filter(word -> !word.isEmpty()).toArray(String[]::new));
  }
}
