package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.Main;
import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.result.ResultsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands report and compare: files, exit codes and messages. */
class ReportCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(Object... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    return commandLine.execute(words);
  }

  private Path results(String name, double nanos) throws IOException {
    Path file = folder.resolve(name);
    ResultsFile.write(
        file, new SampleResults(5, 1).add(Operation.RELU, "256x1024", "lanewise", nanos).results());
    return file;
  }

  @Test
  void thePageLiesBesideTheResultsOrWhereItIsAskedFor() throws IOException {
    Path results = results("a.json", 1000);
    assertEquals(0, execute("report", results), err::toString);
    assertTrue(Files.readString(folder.resolve("a.html")).startsWith("<!DOCTYPE html>"));
    assertEquals(0, execute("report", results, "-o", folder.resolve("b.htm")), err::toString);
    assertEquals(-1, Files.mismatch(folder.resolve("a.html"), folder.resolve("b.htm")));
    assertTrue(out.toString().contains("a.html"), out::toString);
  }

  @Test
  void thePageDoesNotReplaceItsResults() throws IOException {
    Path results = results("a.json", 1000);
    String before = Files.readString(results);
    Path another = folder.resolve("none/../a.json");
    Files.createDirectory(folder.resolve("none"));
    assertEquals(2, execute("report", results, "-o", another));
    assertTrue(
        err.toString().contains("-o: %s would replace %s".formatted(another, results)),
        err::toString);
    assertEquals(before, Files.readString(results));
  }

  /** Neither README nor charts are written for a page that cannot be, or in place of the README. */
  @Test
  void whereThePageCannotGoNothingIsWritten() throws IOException {
    Path results = results("a.json", 1000);
    String before = "# A\n<!-- figures:begin -->\n<!-- figures:end -->\n";
    Path readme = Files.writeString(folder.resolve("README.md"), before);
    Path charts = folder.resolve("charts");
    Path none = folder.resolve("none");
    Object[] update = {"report", results, "--readme", readme, "--figures", charts, "-o", null};
    for (Path page : List.of(none.resolve("page.html"), folder, readme)) {
      update[update.length - 1] = page;
      assertEquals(2, execute(update), err::toString);
      assertEquals(before, Files.readString(readme));
      assertFalse(Files.exists(charts));
    }
    for (String message :
        List.of(none + " is not a folder", folder + " is a folder", "would replace " + readme)) {
      assertTrue(err.toString().contains(message), err::toString);
    }
  }

  @Test
  void theReadmeNeedsAFolderForItsCharts() throws IOException {
    assertEquals(2, execute("report", results("a.json", 1000), "--readme", "README.md"));
    assertTrue(err.toString().contains("--figures"), err::toString);
  }

  @Test
  void whatIsSlowerIsCode1() throws IOException {
    Path before = results("a.json", 1000);
    Path after = results("b.json", 1100);
    assertEquals(0, execute("compare", after, before), err::toString);
    assertEquals(1, execute("compare", before, after), err::toString);
    assertEquals(0, execute("compare", before, after, "--threshold", "12"), err::toString);
    assertEquals(1, execute("compare", before, after, "--markdown"), err::toString);
    assertTrue(out.toString().contains("**1 slower, 0 faster, 0 undecided"), out::toString);
  }

  @Test
  void whatFailsLaterIsCode1() throws IOException {
    Path before = results("a.json", 1000);
    SampleResults later = new SampleResults(5, 1).add(Operation.RELU, "256x1024", "naive", 1000);
    later.failure("ReluBenchmark.lanewise shape=256x1024", "expected 1, actual 2\nat main");
    later.failure("ReluBenchmark.openblas shape=256x1024", "was never measured");
    Path after = folder.resolve("b.json");
    ResultsFile.write(after, later.results());
    assertEquals(1, execute("compare", before, after), err::toString);
    assertTrue(
        out.toString()
            .contains(
                "Failed in the second file:\n\n"
                    + "  ReluBenchmark.lanewise shape=256x1024: expected 1, actual 2\n\n"),
        out::toString);
    assertTrue(out.toString().contains("\n1 failed, 0 slower, 0 faster"), out::toString);
  }

  @Test
  void wrongUsageIsCode2() throws IOException {
    Path file = results("a.json", 1000);
    assertEquals(2, execute("compare", file));
    assertEquals(2, execute("compare", file, file, "--threshold", "-1"));
    assertEquals(2, execute("compare", file, file, "--threshold", "NaN"));
    assertEquals(2, execute("compare", file, folder.resolve("none.json")));
    assertTrue(err.toString().contains("none.json does not exist"), err::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{| is no results file",
        "[]| the format is unknown",
        "{\"format\": 2}| the format is 2; expected 1",
        "{\"format\": 1}| is no results file",
      })
  void whatIsNoResultsFileIsNamed(String content, String message) throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.json"), content);
    assertEquals(1, execute("report", wrong));
    assertEquals(2, execute("compare", wrong, wrong));
    assertTrue(err.toString().startsWith("lanewise: " + wrong), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
    assertFalse(Files.exists(folder.resolve("wrong.html")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"rawData\":[[|\"rawData\":[[1.0],[| has 5 forks and the times of 6",
        "dev.lanewise.bench.jmh.ReluBenchmark.lanewise|lanewise| the benchmark \"lanewise\" has",
        "256x1024|256| expected 2 extents",
        "\"shape\":|\"form\":| shape is \"null\"; expected 2 extents",
        "ReluBenchmark.lanewise|PeakBenchmark.peak| PeakBenchmark.peak has bits=null",
        "ReluBenchmark.lanewise|BandwidthBenchmark.read| BandwidthBenchmark.read has bytes=null",
      })
  void aFileWithHolesIsNamed(String from, String to, String message) throws IOException {
    Path whole = results("a.json", 1000);
    String content = Files.readString(whole);
    assertTrue(content.contains(from), content);
    Path wrong = Files.writeString(folder.resolve("b.json"), content.replace(from, to));
    assertEquals(2, execute("compare", whole, wrong));
    assertTrue(err.toString().startsWith("lanewise: " + wrong), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
  }

  @Test
  void whereAFileEndsTooEarlyIsSaid() throws IOException {
    String content = Files.readString(results("a.json", 1000));
    Path cut = Files.writeString(folder.resolve("cut.json"), content.substring(0, 500));
    assertEquals(1, execute("report", cut));
    assertTrue(err.toString().startsWith("lanewise: " + cut + " is no results file"));
    assertTrue(err.toString().contains("line: 1, column: 5"), err::toString);
  }

  @Test
  void whatCannotBeReadOrWrittenIsNamed() throws IOException {
    assertEquals(1, execute("report", folder));
    assertTrue(err.toString().contains(folder + " cannot be read: "), err::toString);
    Path none = folder.resolve("none");
    assertEquals(1, execute("report", none.resolve("a.json")));
    assertTrue(err.toString().contains("a.json does not exist"), err::toString);
    assertEquals(2, execute("report", results("a.json", 1000), "-o", none.resolve("page.html")));
    assertTrue(err.toString().contains("-o: " + none + " is not a folder"), err::toString);
  }

  @Test
  void whatHasNothingToCompareIsCode2() throws IOException {
    Path one = results("a.json", 1000);
    Path copy = Files.copy(one, folder.resolve("copy.json"));
    assertEquals(2, execute("compare", one, copy));
    String same = "%s and %s are the same results".formatted(one, copy);
    assertTrue(err.toString().contains(same), err::toString);
    Path other = folder.resolve("b.json");
    ResultsFile.write(
        other, new SampleResults(5, 1).add(Operation.ADAM, "1x262144", "naive", 1).results());
    assertEquals(2, execute("compare", one, other));
    String none = "%s and %s have no benchmark in common; they have 1 and 1".formatted(one, other);
    assertTrue(err.toString().contains(none), err::toString);
  }

  @Test
  void bytesThatAreNoTextAreNamed() throws IOException {
    Path wrong = Files.write(folder.resolve("wrong.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertEquals(2, execute("compare", wrong, wrong));
    assertTrue(err.toString().contains("is no results file"), err::toString);
  }

  @Test
  void aFileThatCannotBeReplacedLeavesNothingBehind() throws IOException {
    Path target = Files.createDirectory(folder.resolve("page.html"));
    Files.createFile(target.resolve("full"));
    IOException full = assertThrows(IOException.class, () -> OutputFile.write(target, "text"));
    assertTrue(full.getMessage().startsWith(target + " cannot be written: "), full::getMessage);
    assertFalse(Files.exists(folder.resolve("page.html.partial")));
  }
}
