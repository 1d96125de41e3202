package dev.lanewise.suite.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.run.JmhOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmhOptionsTest {
  @Test
  void whatJmhKnowsIsTaken() {
    JmhOptions options =
        JmhOptions.parse(List.of("-prof", "gc", "-p", "shape=5x7,6x8", "-wi", "3", "Relu"));
    assertEquals(1, options.getProfilers().size());
    assertEquals(List.of("5x7", "6x8"), List.copyOf(options.getParameter("shape").get()));
    assertEquals(3, options.getWarmupIterations().get());
    assertEquals(List.of(), options.getIncludes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-f 2",
        "-wf 1",
        "-t 2",
        "-bm thrpt",
        "-tu us",
        "-o x",
        "-rff x",
        "-rf csv",
        "-jvm java",
        "-jvmArgs -Da=b",
        "-jvmArgsAppend -Da=b",
        "-jvmArgsPrepend -Da=b",
        "-opi 2",
        "-tg 1,2",
        "-h",
        "-lprof"
      })
  void whatARunDecidesItselfIsRefusedByName(String line) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> JmhOptions.parse(List.of(line.split(" "))))
            .getMessage();
    assertTrue(
        message.matches(
            "(-h, .*|-.*)" + line.split(" ")[0] + "[:,] .*|" + line.split(" ")[0] + "[:,] .*"),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nothing", "-wi many", "("})
  void whatJmhDoesNotTakeIsRefused(String line) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> JmhOptions.parse(List.of(line.split(" "))))
            .getMessage();
    assertTrue(message.startsWith("JMH does not take " + line), message);
  }
}
