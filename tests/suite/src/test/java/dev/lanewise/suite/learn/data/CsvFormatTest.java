package dev.lanewise.suite.learn.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What CSV files give. */
class CsvFormatTest {
  private static final CsvFormat CSV = CsvFormat.DEFAULT;
  private static final String GIVEN = System.getProperty("lanewise.data");

  /** Beside the repository, unless a folder is given. */
  private static final Path DATA =
      Path.of("../..").resolve(GIVEN == null ? "../shared/data" : GIVEN);

  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("samples.csv"), content);
  }

  private static void assertData(
      Dataset data, List<String> classes, int[] labels, float[]... inputs) {
    assertEquals(classes, data.classes());
    assertArrayEquals(labels, labels(data));
    assertMatrix(data.inputs(), inputs);
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.samples()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.labels().get(i);
    }
    return labels;
  }

  private static void assertMatrix(FloatMatrix matrix, float[]... rows) {
    assertEquals(rows.length, matrix.rows());
    assertEquals(rows.length * rows[0].length, matrix.array().length, "no room is left over");
    for (int i = 0; i < rows.length; i++) {
      assertEquals(rows[i].length, matrix.columns());
      for (int j = 0; j < rows[i].length; j++) {
        assertEquals(rows[i][j], matrix.get(i, j), "element " + i + ", " + j);
      }
    }
  }

  private static float[] row(float... values) {
    return values;
  }

  @Test
  void theLastFieldIsTheLabel() throws IOException {
    assertData(
        CSV.read(file("1,2.5,b\n-3,4e-2,a\n.5,+6,b\n")),
        List.of("a", "b"),
        new int[] {1, 0, 1},
        row(1, 2.5f),
        row(-3, 0.04f),
        row(0.5f, 6));
  }

  @Test
  void numbersAreRoundedToFloat() throws IOException {
    Dataset data = CSV.read(file("16777217,0.1,1e-60,3.4028235e38,-0,x\n"));
    assertMatrix(data.inputs(), row(16777216, 0.1f, 0, Float.MAX_VALUE, -0f));
  }

  @Test
  void aHeaderIsSeenByItsFeatures() throws IOException {
    Dataset expected = CSV.read(file("1,2,7\n3,4,8\n"));
    assertData(expected, List.of("7", "8"), new int[] {0, 1}, row(1, 2), row(3, 4));
    for (String header : List.of("u,v,class", "u,,9", "\"u, or\nso\",v,class", "NaN,1f,class")) {
      Dataset data = CSV.read(file(header + "\n1,2,7\n3,4,8\n"));
      assertData(data, List.of("7", "8"), new int[] {0, 1}, row(1, 2), row(3, 4));
    }
  }

  @Test
  void aHeaderIsStated() throws IOException {
    Path file = file("1,2,7\n3,4,8\n");
    assertMatrix(CSV.withHeader(true).read(file).inputs(), row(3, 4));
    assertMatrix(CSV.withHeader(false).read(file).inputs(), row(1, 2), row(3, 4));
  }

  @Test
  void theLabelIsWhereItIsSaid() throws IOException {
    Path file = file("u,v,w\n1,x,3\n4,y,6\n");
    for (CsvFormat format : List.of(CSV.withLabelColumn(1), CSV.withLabelColumn("v"))) {
      assertData(format.read(file), List.of("x", "y"), new int[] {0, 1}, row(1, 3), row(4, 6));
    }
    assertData(
        CSV.withLabelColumn("w").read(file("1,2,w\n7,8,p\n")),
        List.of("p"),
        new int[] {0},
        row(7, 8));
  }

  @Test
  void classesAreInOrder() throws IOException {
    String integers = "0,10\n0,9\n0,-2\n0,+1\n0,1\n";
    assertData(
        CSV.read(file(integers)),
        List.of("-2", "+1", "1", "9", "10"),
        new int[] {4, 3, 0, 1, 2},
        row(0),
        row(0),
        row(0),
        row(0),
        row(0));
    assertEquals(
        List.of("+1", "-2", "1", "1.5", "10", "9"), CSV.read(file(integers + "0,1.5")).classes());
  }

  @Test
  void givenClassesKeepTheirOrder() throws IOException {
    assertData(
        CSV.withClasses(List.of("red", "green", "blue")).read(file("1,blue\n2,red\n3,blue\n")),
        List.of("red", "green", "blue"),
        new int[] {2, 0, 2},
        row(1),
        row(2),
        row(3));
  }

  @Test
  void blanksEmptyLinesQuotesAndLineEndsDoNotCount() throws IOException {
    assertData(
        CSV.read(file("\r\n 1 ,\t2, a b \r\n\r\n\"3\",4,\"c,\"\"d\"\"\"\r\n\n5,6,a b")),
        List.of("a b", "c,\"d\""),
        new int[] {0, 1, 0},
        row(1, 2),
        row(3, 4),
        row(5, 6));
  }

  @Test
  void byteOrderMarksDoNotCount() throws IOException {
    Path file = folder.resolve("samples.csv");
    Files.write(file, "\uFEFF1,ä\n2,b\n".getBytes(UTF_8));
    assertData(CSV.read(file), List.of("b", "ä"), new int[] {1, 0}, row(1), row(2));
    Files.write(file, "\uFEFF1,ä\n2,b\n".getBytes(UTF_16LE));
    assertData(CSV.read(file), List.of("b", "ä"), new int[] {1, 0}, row(1), row(2));
    Files.write(file, "\"1\",ä\n".getBytes(ISO_8859_1));
    Refusal.assertRefused(
        file, ", line 1, field 2: \"\uFFFD\"; expected a class in UTF-8", CSV::read);
  }

  @Test
  void manyLinesAndManyFieldsAreRead() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      lines.append(i).append(',').append(-i).append(',').append(i % 7).append('\n');
    }
    Dataset data = CSV.read(file(lines.toString()));
    assertEquals(3000, data.samples());
    assertEquals(6000, data.inputs().array().length);
    for (int i = 0; i < 3000; i++) {
      assertEquals(i, data.inputs().get(i, 0));
      assertEquals(-i, data.inputs().get(i, 1));
      assertEquals(i % 7, data.labels().get(i));
    }
    assertEquals(40_000, CSV.read(file("1,".repeat(40_000) + "a\n")).features());
  }

  @Test
  void inputsAreReadWithoutLabels() throws IOException {
    assertMatrix(CSV.readInputs(file("1,2\n3,4\n"), 2), row(1, 2), row(3, 4));
    assertMatrix(CSV.readInputs(file("u,v\n3,4\n"), 2), row(3, 4));
    CsvFormat ignoring = CSV.ignoringLabels();
    assertMatrix(ignoring.readInputs(file("1,2\n3,4\n"), 2), row(1, 2), row(3, 4));
    assertMatrix(ignoring.readInputs(file("1,2,x\n3,4,\n"), 2), row(1, 2), row(3, 4));
    assertMatrix(ignoring.withLabelColumn("c").readInputs(file("c,u,v\nx,3,4\n"), 2), row(3, 4));
    assertMatrix(
        ignoring.withLabelColumn(0).withHeader(false).readInputs(file("9,3,4\n"), 2), row(3, 4));
  }

  @Test
  void formatsThatCannotBeAreRefused() {
    assertMessage("CsvFormat: label column is negative: -1", () -> CSV.withLabelColumn(-1));
    assertMessage(
        "CsvFormat: no classes; there must be at least one", () -> CSV.withClasses(List.of()));
    assertMessage(
        "CsvFormat: the class \"a\" is there twice; classes must differ",
        () -> CSV.withClasses(List.of("a", "a")));
    String named = "CsvFormat: the label column has the name \"c\", and names are in a header";
    assertMessage(named, () -> CSV.withLabelColumn("c").withHeader(false));
    assertMessage(named, () -> CSV.withHeader(false).withLabelColumn("c"));
    assertMessage(
        "CsvFormat: 0 features; there must be at least 1",
        () -> CSV.readInputs(folder.resolve("x"), 0));
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void anAbsentFileIsNoDataException() {
    assertThrows(NoSuchFileException.class, () -> CSV.read(folder.resolve("absent.csv")));
  }

  @Test
  void uciDigitsAreReadAsTheirLinesSay() throws IOException {
    assumeTrue(GIVEN != null || Files.isDirectory(DATA), () -> "no UCI digits in " + DATA);
    Dataset training = assertDigits("optdigits-train.csv", 3823, CSV);
    assertDigits("optdigits-test.csv", 1797, CSV.withClasses(training.classes()));
  }

  private static Dataset assertDigits(String name, int samples, CsvFormat format)
      throws IOException {
    List<String> lines = Files.readAllLines(DATA.resolve(name));
    Dataset data = format.read(DATA.resolve(name));
    assertEquals(samples, data.samples());
    assertEquals(64, data.features());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), data.classes());
    for (int i = 0; i < samples; i++) {
      String[] fields = lines.get(i).split(",");
      for (int j = 0; j < 64; j++) {
        assertEquals(Float.parseFloat(fields[j]), data.inputs().get(i, j));
      }
      assertEquals(Integer.parseInt(fields[64]), data.labels().get(i));
    }
    FloatMatrix inputs = CSV.ignoringLabels().readInputs(DATA.resolve(name), 64);
    assertArrayEquals(data.inputs().array(), inputs.array());
    return data;
  }
}
