package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** What a command came to. */
record Outcome(int code, String out, String err) {
  private static final Pattern CHECKSUM =
      Pattern.compile("(?m)^Checksum of the weights: ([0-9a-f]{8})$");

  /** Runs a command in this JVM; words may be paths. */
  static Outcome of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    String[] arguments = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
    int code = commandLine.execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  Outcome success() {
    assertEquals(0, code, err);
    assertEquals("", err);
    return this;
  }

  /** It failed with this code, says so in one line and shows no stack trace. */
  Outcome failure(int expected, String message) {
    assertEquals(expected, code, out + err);
    assertTrue(err.startsWith("lanewise: "), err);
    assertTrue(err.contains(message), () -> "expected: " + message + "\nfound: " + err);
    assertFalse(err.contains("\tat "), err);
    return this;
  }

  String checksum() {
    return checksum(out);
  }

  static String checksum(String out) {
    Matcher line = CHECKSUM.matcher(out);
    assertTrue(line.find(), out);
    return line.group(1);
  }

  /** The figure in a line such as {@code accuracy: 97.40 %}. */
  double percent(String name) {
    Matcher line = Pattern.compile("(?m)^" + name + ": (\\d+\\.\\d\\d) %$").matcher(out);
    assertTrue(line.find(), out);
    return Double.parseDouble(line.group(1));
  }
}
