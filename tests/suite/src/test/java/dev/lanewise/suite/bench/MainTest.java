package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.Main;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import dev.lanewise.bench.result.Settings;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-h", "--help"})
  void helpNamesTheSubcommands(String argument) {
    int code = argument.isEmpty() ? execute() : execute(argument);
    assertEquals(0, code);
    assertTrue(out.toString().startsWith("Usage: lanewise"), out.toString());
    assertTrue(out.toString().contains("demo") && out.toString().contains("jmh"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void helpOfTheDemoNamesItsOption() {
    assertEquals(0, execute("demo", "--help"));
    assertTrue(out.toString().contains("--data=DIR"), out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fly", "--fast", "demo --fast", "demo extra", "demo --data"})
  void wrongUsageIsCode2(String line) {
    assertEquals(2, execute(line.split(" ")));
    assertTrue(err.toString().contains("Usage: lanewise"), err.toString());
  }

  @Test
  void aFolderThatIsNoneIsRefusedBeforeAnythingRuns() {
    assertEquals(2, execute("demo", "--data", "no/such/folder"));
    assertTrue(err.toString().contains("no/such/folder is not a folder"), err.toString());
  }

  @Test
  void theDemoReplacesNoResultsUnasked() throws IOException {
    Path file = Files.writeString(folder.resolve("results.json"), "{}");
    assertEquals(2, execute("demo", "--out", file.toString()));
    String message = "--out: " + file + " exists; --overwrite replaces it, --out names another";
    assertTrue(err.toString().contains(message), err.toString());
    assertEquals("{}", Files.readString(file));
    assertEquals(List.of(file), Files.list(folder).toList());
  }

  /** Where nothing is measured, the figures that are there are those of another run. */
  @Test
  void theDemoMakesNoPageOfOldFigures() throws Exception {
    Path file = folder.resolve("results.json");
    ResultsFile.write(
        file,
        new Results(
            Results.FORMAT,
            "then",
            Environment.read(),
            new Settings(false, List.of("reduce"), List.of(), List.of(), 1, 1, List.of()),
            List.of(),
            List.of()));
    List<String> scalar = List.of(ChildJvm.MODULE, "-Dlanewise.impl=scalar");
    Result demo = ChildJvm.run(scalar, Main.class, "demo", "--overwrite", "--out=" + file);
    assertEquals(1, demo.exit(), demo.err());
    assertTrue(demo.err().contains("run measures vector code"), demo.err());
    assertEquals("", demo.out());
    assertEquals(List.of(file), Files.list(folder).toList());
  }

  @Test
  void jmhGetsWhatFollows() {
    PrintStream stdout = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, execute("jmh", "-h"));
      assertEquals(0, execute("jmh", "-l", "Adam"));
    } finally {
      System.setOut(stdout);
    }
    String listed = captured.toString(StandardCharsets.UTF_8);
    assertTrue(listed.startsWith("Usage: java -jar"), listed);
    assertTrue(listed.contains("dev.lanewise.bench.jmh.AdamBenchmark.lanewise"), listed);
    assertTrue(!listed.contains("GemmBenchmark"), listed);
  }

  @Test
  void aFailureIsCode1AndTellsWhat() {
    CommandLine commandLine = Main.commandLine();
    commandLine.addSubcommand(new Failing());
    // Subcommands have what is set after they were added.
    commandLine.setExecutionExceptionHandler(commandLine.getExecutionExceptionHandler());
    commandLine.setErr(new PrintWriter(err));
    assertEquals(1, commandLine.execute("fail"));
    assertTrue(
        err.toString().startsWith("lanewise: java.lang.IllegalStateException: broken"),
        err.toString());
  }

  @Command(name = "fail")
  static final class Failing implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("broken");
    }
  }
}
