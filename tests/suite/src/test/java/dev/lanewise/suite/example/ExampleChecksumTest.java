package dev.lanewise.suite.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.bench.example.Digits;
import dev.lanewise.bench.example.DigitsExample;
import dev.lanewise.bench.example.StrokeDigits;
import dev.lanewise.testkit.Checksum;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Training ends with the same weights, to the last bit, whatever runs it: these constants hold in
 * every fork, at every width, in scalar code, interpreted and compiled.
 */
@Tag("bits")
class ExampleChecksumTest {
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  @Test
  void drawnDigits() {
    Digits digits = StrokeDigits.draw(1, 0, 200);
    assertEquals("5dcc03fb", Checksum.hex(Checksum.of(digits.images().array())));
  }

  /** Two full batches and a short one. */
  @Test
  void oneEpoch() {
    assertEquals("adf63318", train(150, 1));
  }

  @Test
  void severalEpochs() {
    assumeFalse(Boolean.getBoolean("lanewise.test.small"), "too long for a slow JVM");
    assertEquals("c8238af6", train(1000, 3));
  }

  private static String train(int count, int epochs) {
    Digits training = StrokeDigits.draw(1, 0, count);
    Digits test = StrokeDigits.draw(1, count, 10);
    return Checksum.hex(DigitsExample.train(training, test, 1, epochs, QUIET).checksum());
  }
}
