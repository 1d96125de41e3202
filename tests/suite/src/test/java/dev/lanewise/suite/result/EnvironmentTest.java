package dev.lanewise.suite.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.machine.Jvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  @Test
  void isThatOfThisProcess() {
    Environment here = Environment.read();
    assertEquals(List.of(), here.differencesTo(Environment.read()));
    assertEquals(Runtime.version().toString(), here.jvm().version());
    assertTrue(here.memory() > 1 << 28, here.toString());
  }

  /** Where figures of both may not be put together, it says why. */
  @Test
  void whatCouldChangeAFigureIsADifference() {
    Environment here = Environment.read();
    Environment other =
        new Environment(
            "another",
            here.numerics(),
            here.implementation(),
            64,
            here.registers(),
            here.reason(),
            here.processor(),
            here.memory() + 1,
            here.jvm(),
            here.system());
    assertEquals(
        List.of("build " + here.build() + ", now another", "bits " + here.bits() + ", now 64"),
        here.differencesTo(other));
  }

  @ParameterizedTest
  @CsvSource({
    "-Xmx4g, -Xmx4g",
    "-javaagent:/home/me/agent.jar=x, -javaagent:agent.jar=x",
    "-Dlanewise.data=C:\\data\\digits, -Dlanewise.data=C:digits",
    "@/tmp/options, @options",
    "/usr/lib/jvm/jdk/bin/java, java",
  })
  void foldersAreNotShown(String argument, String shown) {
    assertEquals(shown, Jvm.withoutFolders(argument));
  }
}
