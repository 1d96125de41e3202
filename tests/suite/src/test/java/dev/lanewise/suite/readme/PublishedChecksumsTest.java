package dev.lanewise.suite.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.example.DigitsExample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says that training ends with, on any machine. */
class PublishedChecksumsTest {
  private static final Path DATA =
      Path.of("../..").resolve(System.getProperty("lanewise.data", "../shared/data"));

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (?:generated|UCI).* \\| ([\\d.]+ %) \\| `(\\p{XDigit}{8})` \\|$");

  private static final Pattern FILE = Pattern.compile("(?m)^ {4}(\\p{XDigit}{64}) {2}(.+\\.csv)$");

  private static List<MatchResult> find(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(Path.of("../../README.md"))).results().toList();
  }

  /** Accuracy and checksum of each training of the demo. */
  private static void assertTrained(Path data, List<MatchResult> rows) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    DigitsExample.run(data, new PrintStream(output, true, UTF_8));
    List<String> trained =
        output
            .toString(UTF_8)
            .lines()
            .filter(line -> line.contains("accuracy") || line.contains("checksum"))
            .map(line -> line.substring(line.indexOf(": ") + 2))
            .toList();
    List<String> published =
        rows.stream().flatMap(row -> List.of(row.group(1), row.group(2)).stream()).toList();
    assertEquals(published, trained);
  }

  @Test
  void generatedDigits() throws IOException {
    List<MatchResult> rows = find(ROW);
    assertEquals(2, rows.size());
    assertTrained(null, rows.subList(0, 1));
  }

  @Test
  void uciDigits() throws Exception {
    assumeTrue(Files.isDirectory(DATA), () -> "no UCI digits in " + DATA);
    List<MatchResult> files = find(FILE);
    assertEquals(2, files.size());
    for (MatchResult file : files) {
      byte[] content = Files.readAllBytes(DATA.resolve(file.group(2)));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      assertEquals(file.group(1), HexFormat.of().formatHex(hash), file.group(2));
    }
    assertTrained(DATA, find(ROW));
  }
}
