package dev.lanewise.suite.learn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files that are refused, with the line, the field, what is there and what was expected. */
class CsvRefusalTest {
  private static final CsvFormat CSV = CsvFormat.DEFAULT;

  @TempDir private Path folder;

  private void assertRefused(String content, String message) throws IOException {
    assertRefused(content, message, CSV);
  }

  private void assertRefused(String content, String message, CsvFormat format) throws IOException {
    Path file = folder.resolve("samples.csv");
    Refusal.assertRefused(file, content.getBytes(UTF_8), message, format::read);
  }

  private void assertInputsRefused(String content, String message, CsvFormat format)
      throws IOException {
    Path file = folder.resolve("samples.csv");
    Refusal.assertRefused(file, content.getBytes(UTF_8), message, f -> format.readInputs(f, 2));
  }

  @Test
  void withoutSamples() throws IOException {
    assertRefused("", ", line 1: no lines; expected a sample in each line");
    assertRefused(
        "u,v,class\n", ", line 2: no lines behind the header; expected a sample in each line");
    assertRefused("5\n", ", line 1: 1 field; expected at least one feature and a class");
  }

  @Test
  void ragged() throws IOException {
    assertRefused("1,2,a\n\n3,b\n", ", line 3: 2 fields; expected 3, as in the lines before");
    assertRefused("u,v,class\n3,4,5,b\n", ", line 2: 4 fields; expected 3, as in the lines before");
    // A file that ends within a line.
    assertRefused("1,2,a\n3,", ", line 2: 2 fields; expected 3, as in the lines before");
    assertRefused("1,2,a\n3,4,", ", line 2, field 3: nothing; expected a class");
  }

  @Test
  void notNumeric() throws IOException {
    for (String text :
        List.of("x", "1f", "1d", "0x1p3", "NaN", "Infinity", "-", "1e", "1,5", "1 2", "1.2.3")) {
      assertRefused(
          "1,2,a\n\"%s\",4,b\n".formatted(text),
          ", line 2, field 1: \"%s\"; expected a number".formatted(text));
    }
    assertRefused("1,2,a\n3,,b\n", ", line 2, field 2: nothing; expected a number");
    assertRefused("1,v,a\n3,4,b\n", ", line 1, field 2: \"v\"; expected a number");
    assertRefused(
        "1,2,a\n3,%s,b\n".formatted("z".repeat(1000)),
        ", line 2, field 2: \"%s…\"; expected a number".formatted("z".repeat(40)));
    assertRefused(
        "1,2,a\n\"two\nlines\",4,b\n3,x,b\n",
        ", line 2, field 1: \"two lines\"; expected a number");
    // Behind a record of two lines.
    assertRefused("1,2,\"a\nb\"\n3,x,b\n", ", line 3, field 2: \"x\"; expected a number");
  }

  @Test
  void beyondFloat() throws IOException {
    for (String text : List.of("1e39", "-3.5e38", "1e999999999999")) {
      assertRefused(
          "1,%s,a\n".formatted(text),
          ", line 1, field 2: \"%s\"; expected a number of at most 3.4028235E38 either way"
              .formatted(text));
    }
  }

  @Test
  void mislabelled() throws IOException {
    assertRefused("1,2,a\n3,4,  \n", ", line 2, field 3: nothing; expected a class");
    assertRefused(
        "1,2,a\n3,4,c\n",
        ", line 2, field 3: \"c\"; expected one of the classes a, b",
        CSV.withClasses(List.of("a", "b")));
    assertRefused(
        "1,2,12\n",
        ", line 1, field 3: \"12\"; expected one of the classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ..."
            + " (12)",
        CSV.withClasses(IntStream.range(0, 12).mapToObj(Integer::toString).toList()));
    assertRefused(
        "1,2,a\n", ", line 1: 3 fields; expected the label in field 5", CSV.withLabelColumn(4));
    assertRefused(
        "u,v,w\n1,2,a\n",
        ", line 1: no field \"class\"; expected a header with that field for the label",
        CSV.withLabelColumn("class"));
    assertRefused(
        "u,w,w\n1,2,a\n",
        ", line 1: several fields \"w\"; expected a header with that field for the label",
        CSV.withLabelColumn("w"));
  }

  @Test
  void quotesThatDoNotEnd() throws IOException {
    assertRefused(
        "1,2,a\n3,4,\"b\n5,6,c\n",
        ", line 2: Unclosed quoted field at end of input (record starting at line 2); expected"
            + " fields between commas");
    assertRefused(
        "1,2,a\n\"3\"x,4,b\n",
        ", line 2: Unexpected character after closing quote: 'x' (0x78) (record starting at line"
            + " 2); expected fields between commas");
  }

  @Test
  void inputsOfAnotherNumberOfFeatures() throws IOException {
    assertInputsRefused(
        "1,2,3\n",
        ", line 1: 3 fields; expected 2 features; if the other one is the label, read with"
            + " ignoringLabels()",
        CSV);
    assertInputsRefused("1,2,3,4\n", ", line 1: 4 fields; expected 2 features", CSV);
    assertInputsRefused(
        "1,2,3,4\n", ", line 1: 4 fields; expected 2 features", CSV.ignoringLabels());
    assertInputsRefused("1\n", ", line 1: 1 fields; expected 2 features", CSV.ignoringLabels());
    assertInputsRefused("1,2\n3,x\n", ", line 2, field 2: \"x\"; expected a number", CSV);
    assertInputsRefused("", ", line 1: no lines; expected a sample in each line", CSV);
  }

  @Test
  void binaryContent() throws IOException {
    Path file = folder.resolve("samples.csv");
    byte[] content = Content.gzip("1,2,a\n".getBytes(UTF_8));
    Files.write(file, content);
    assertThrows(DataException.class, () -> CSV.read(file));
  }
}
