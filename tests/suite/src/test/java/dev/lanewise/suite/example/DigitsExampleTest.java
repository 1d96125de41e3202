package dev.lanewise.suite.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.example.Digits;
import dev.lanewise.bench.example.DigitsExample;
import dev.lanewise.bench.example.StrokeDigits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example learns: on the UCI digits as the project promises, and on digits that it draws. */
class DigitsExampleTest {
  private static final String GIVEN = System.getProperty("lanewise.data");

  /** Beside the repository, unless a folder is given. */
  private static final Path DATA =
      Path.of("../..").resolve(GIVEN == null ? "../shared/data" : GIVEN);

  private static final int EPOCHS = 30;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void uciDigitsReach97Percent() throws IOException {
    assumeTrue(GIVEN != null || Files.isDirectory(DATA), () -> "no UCI digits in " + DATA);
    Digits training = Digits.read(DATA.resolve("optdigits-train.csv"));
    Digits test = Digits.read(DATA.resolve("optdigits-test.csv"));
    assertEquals(3823, training.count());
    assertEquals(1797, test.count());
    double sum = 0;
    StringBuilder each = new StringBuilder();
    for (int seed = 1; seed <= 5; seed++) {
      double accuracy = train(training, test, seed, EPOCHS);
      each.append(" %.2f".formatted(100 * accuracy));
      sum += accuracy;
    }
    System.out.printf("UCI digits, seeds 1 to 5:%s, mean %.2f %%%n", each, 20 * sum);
    assertTrue(sum / 5 >= 0.97, () -> "accuracies in %:" + each);
  }

  @Test
  void drawnDigitsAreLearnt() {
    Digits training = StrokeDigits.draw(1, 0, 1000);
    double before = train(training, StrokeDigits.draw(1, 1000, 500), 1, 0);
    double after = train(training, StrokeDigits.draw(1, 1000, 500), 1, 5);
    assertTrue(before < 0.3, "untrained: " + before);
    assertTrue(after > 0.9, "trained: " + after);
    String printed = output.toString(UTF_8);
    assertTrue(printed.contains("epoch  5  loss 0."), printed);
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    Digits training = StrokeDigits.draw(1, 0, 100);
    DigitsExample.Result one = DigitsExample.train(training, training, 1, 1, printer());
    DigitsExample.Result two = DigitsExample.train(training, training, 2, 1, printer());
    assertTrue(one.checksum() != two.checksum());
  }

  @Test
  void damagedFilesAreRefusedWithLineAndField() throws IOException {
    String row = "0,".repeat(Digits.PIXELS);
    assertMessage("", "no lines");
    assertMessage(row + "1\n" + "0,0,3\n", "line 2: 3 fields; expected 65");
    assertMessage("0,0,3\n", "2 pixels in a line; expected 64");
    assertMessage("x" + row.substring(1) + "1\n", "line 1, field 1: \"x\"");
    assertMessage(row + "10\n", "line 1, field 65: \"10\"; expected one of the classes 0, 1,");
  }

  private void assertMessage(String content, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("digits.csv"), content);
    IOException e = assertThrows(IOException.class, () -> Digits.read(file));
    assertTrue(e.getMessage().contains(expected), e::getMessage);
  }

  private double train(Digits training, Digits test, long seed, int epochs) {
    return DigitsExample.train(training, test, seed, epochs, printer()).accuracy();
  }

  private PrintStream printer() {
    return new PrintStream(output, true, UTF_8);
  }
}
