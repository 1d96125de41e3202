package dev.lanewise.suite.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.Main;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import dev.lanewise.bench.result.Settings;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import dev.lanewise.suite.SideBySide;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code lanewise run} from the command line: what it refuses, how it stops and goes on. */
@SideBySide
class RunCommandTest {
  private static final int INTERRUPTED = 130;

  private static final List<String> OPTIONS =
      List.of(
          ChildJvm.MODULE,
          "--enable-native-access=ALL-UNNAMED",
          // Other benchmarks' figures would suffer, and none matter here.
          "-Djmh.ignoreLock=true");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--suite gem            | --suite: gem; expected gemm, softmax",
        "--peers blis           | --peers: blis; expected none or openblas, mkl",
        "--threads 0            | --threads: 0; expected at least 1",
        "--rounds -1            | --rounds: -1; expected at least 1",
        "--quick --full         | mutually exclusive",
        "--out no/such/file     | is not a folder",
        "--overwrite --out .    | --out: . is a folder",
        "-- -f 2                | -f: a run makes one fork a round",
        "-- -p shape=axb        | -p: shape is \"axb\"",
        "--resume --full        | --resume goes on as the file was begun",
        "--resume --out here -- gc | --resume goes on as the file was begun",
        "--resume --out here --full | --resume goes on as the file was begun",
      })
  void wrongUsageIsRefusedBeforeAnythingRuns(String line, String message) throws IOException {
    List<String> words = new ArrayList<>(List.of(line.split(" +")));
    if (!words.contains("--out") && !words.contains("--resume")) {
      words.add(0, "--out=" + folder.resolve("results.json"));
    }
    String text = refused(words.toArray(String[]::new));
    assertTrue(text.contains(message), text);
    assertEquals(List.of(), Files.list(folder).toList());
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("results.json"), "{}");
    String text = refused("--out", file.toString());
    assertTrue(text.contains("exists; --resume goes on with it"), text);
    assertEquals("{}", Files.readString(file));
  }

  /** Usage is 2; what a file says is 1. */
  private static String refused(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    StringWriter err = new StringWriter();
    commandLine.setErr(new PrintWriter(err));
    List<String> line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(arguments));
    assertEquals(2, commandLine.execute(line.toArray(String[]::new)), err.toString());
    return err.toString();
  }

  @Test
  void goesOnWithNothingElsesResults() throws IOException {
    Path absent = folder.resolve("absent.json");
    assertTrue(notResumed(absent).contains(absent + " does not exist"));

    Environment here = Environment.read();
    Environment elsewhere =
        new Environment(
            "another",
            here.numerics(),
            here.implementation(),
            here.bits(),
            here.registers(),
            here.reason(),
            here.processor(),
            here.memory(),
            here.jvm(),
            here.system());
    Settings settings =
        new Settings(false, List.of("reduce"), List.of(), List.of(), 1, 1, List.of());
    Path file = folder.resolve("elsewhere.json");
    ResultsFile.write(
        file, new Results(Results.FORMAT, "then", elsewhere, settings, List.of(), List.of()));
    String refusal = notResumed(file);
    assertTrue(refusal.contains("was begun elsewhere"), refusal);
    assertTrue(refusal.contains("build another, now " + here.build()), refusal);
  }

  private static String notResumed(Path file) {
    CommandLine commandLine = Main.commandLine();
    StringWriter err = new StringWriter();
    commandLine.setErr(new PrintWriter(err));
    assertEquals(1, commandLine.execute("run", "--resume", "--out", file.toString()));
    return err.toString();
  }

  /** Interrupted as by Ctrl-C, it keeps the forks that are done, and --resume adds the others. */
  @Test
  void interruptedItKeepsWhatIsDoneAndGoesOn() throws Exception {
    assumeTrue(!File.separator.equals("\\"), "no signals are sent on Windows");
    Path file = folder.resolve("relu.json");
    Process first =
        ChildJvm.builder(
                OPTIONS,
                ChildJvm.CLASS_PATH,
                Main.class.getName(),
                "run",
                "--suite=activation",
                "--peers=none",
                "--rounds=2",
                "--threads=1",
                "--out=" + file,
                "--",
                "ReluBenchmark.(naive|lanewise)",
                "-p",
                "shape=5x7",
                "-wi",
                "0",
                "-i",
                "2",
                "-r",
                "10ms")
            .redirectErrorStream(true)
            .start();
    while (!Files.exists(file) && first.isAlive()) {
      Thread.sleep(20);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(first.pid())).start().waitFor();
    String output = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(INTERRUPTED, first.waitFor(), output);
    assertTrue(output.contains(file + " keeps what is done; --resume goes on"), output);
    Results kept = ResultsFile.read(file);
    assertTrue(!kept.measurements().isEmpty() && kept.failures().isEmpty(), output);

    Result second = ChildJvm.run(OPTIONS, Main.class, "run", "--resume", "--out=" + file);
    assertEquals(0, second.exit(), second.out() + second.err());
    Results all = ResultsFile.read(file);
    assertEquals(kept.measurements().getFirst(), all.measurements().getFirst());
    for (String method : List.of("naive", "lanewise")) {
      assertEquals(
          List.of(1, 2), rounds(all, "ReluBenchmark." + method + " shape=5x7"), second.out());
    }
    assertEquals(List.of(file), Files.list(folder).toList());
  }

  private static List<Integer> rounds(Results results, String key) {
    return results.measurements().stream()
        .filter(m -> m.key().toString().equals(key))
        .map(Measurement::rounds)
        .flatMap(rounds -> rounds.keySet().stream())
        .toList();
  }
}
