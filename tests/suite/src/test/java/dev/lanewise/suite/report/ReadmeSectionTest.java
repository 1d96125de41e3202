package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.report.Browser;
import dev.lanewise.bench.report.Readme;
import dev.lanewise.bench.result.Results;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeSectionTest {
  private static final int LARGEST = 100_000;
  private static final String HOSTILE = "<!-- figures:end --> <img src=x> | **x**\n# y";
  private static final Browser NONE = new Browser(Path.of("no", "browser"));

  @TempDir private Path folder;

  private static Results full() {
    return new SampleResults(6, 1)
        .calibration()
        .operations()
        .warmups()
        .model(HOSTILE)
        .failure(HOSTILE, "why")
        .add(Operation.GEMM, "32x32x32", "lanewise", 2 * (1 << 15) / 200.0)
        .results();
  }

  private Path readme(String text) throws IOException {
    return Files.writeString(folder.resolve("README.md"), text);
  }

  @Test
  void theSectionIsReplacedAndItsChartsAreThere() throws Exception {
    Browser browser = Pages.browser();
    String rest = "# Title\n\n<!-- figures:begin -->%s<!-- figures:end -->\n\ntail\n";
    Path readme = readme(rest.formatted("\nold\n"));
    Readme.update(readme, folder.resolve("bench/figures"), full(), browser);
    String once = Files.readString(readme);
    Readme.update(readme, folder.resolve("bench/figures"), full(), browser);
    assertEquals(once, Files.readString(readme), "the second time changes nothing");

    String section =
        once.substring(
            rest.indexOf("%s"), once.length() - "<!-- figures:end -->\n\ntail\n".length());
    assertEquals(once, rest.formatted(section));
    assertFalse(section.contains("old"));
    assertFalse(section.contains("<img src=x>") || section.contains("<!--"), section);
    assertTrue(section.contains("run --full --suite gemm,softmax --peers openblas"), section);
    assertTrue(section.contains("| gemm | 512x512x512 |"), section);
    assertTrue(section.contains("| L3 | 8 MiB | 1 |"), section);
    assertTrue(section.contains("- batch norm backward 256x1024: 0.6"), section);
    assertTrue(section.contains("undecided, the interval contains 1"), section);
    String above = "(?s).*\\R- lanewise, gemm 32x32x32: 20\\d GFLOP/s, 17\\d % of.*"; // some noise
    assertTrue(section.matches(above), section);
    for (String name : List.of("gemm", "speed-up", "roofline", "warm-up")) {
      for (String theme : List.of("light", "dark")) {
        String path = "bench/figures/%s-%s.svg".formatted(name, theme);
        assertTrue(section.contains('"' + path + '"'), path);
        chart(folder.resolve(path));
      }
    }
  }

  private static void chart(Path file) throws Exception {
    byte[] svg = Files.readAllBytes(file);
    assertTrue(svg.length < LARGEST, file + " has " + svg.length + " bytes");
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    String text = Files.readString(file);
    assertTrue(text.split("<path").length > 15, file + " has hardly a path");
    assertFalse(text.contains("<script") || text.contains("href="), file.toString());
    assertEquals(
        text.split("font-family:").length, text.split("font-family:sans-serif").length, "fonts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "<!-- figures:begin -->\n",
        "<!-- figures:end -->\n<!-- figures:begin -->\n",
        "text <!-- figures:begin -->\n<!-- figures:end -->\n",
      })
  void withoutItsLinesTheReadmeStaysAsItIs(String text) throws IOException {
    Path readme = readme(text);
    IOException failure =
        assertThrows(
            IOException.class, () -> Readme.update(readme, folder.resolve("x"), full(), NONE));
    assertTrue(
        failure.getMessage().startsWith(readme + " has no line <!-- figures:"),
        failure::getMessage);
    untouched(readme, text);
  }

  @Test
  void aBrowserThatFailsLeavesTheReadmeAsItIs() throws IOException {
    String text = "<!-- figures:begin -->\nold\n<!-- figures:end -->\n";
    Path readme = readme(text);
    Browser broken = new Browser(Path.of("/bin/false"));
    assertThrows(
        IOException.class, () -> Readme.update(readme, folder.resolve("x"), full(), broken));
    untouched(readme, text);
  }

  private void untouched(Path readme, String text) throws IOException {
    assertEquals(text, Files.readString(readme));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(readme), files.toList());
    }
  }

  @Test
  void withoutABrowserTheErrorNamesWhereItWasLookedFor() throws IOException {
    IOException nowhere =
        assertThrows(IOException.class, () -> Browser.find(Map.of("PATH", folder.toString())));
    assertTrue(nowhere.getMessage().contains("LANEWISE_BROWSER"), nowhere::getMessage);
    assertTrue(nowhere.getMessage().contains("google-chrome"), nowhere::getMessage);
    Map<String, String> named = Map.of("PATH", "/usr/bin", "LANEWISE_BROWSER", "no/browser");
    IOException wrong = assertThrows(IOException.class, () -> Browser.find(named));
    assertEquals("LANEWISE_BROWSER is no/browser, which is no program", wrong.getMessage());
    Path program = Files.createFile(folder.resolve("google-chrome"));
    assertTrue(program.toFile().setExecutable(true));
    assertEquals(program, Browser.find(Map.of("PATH", folder.toString())).program());
  }
}
