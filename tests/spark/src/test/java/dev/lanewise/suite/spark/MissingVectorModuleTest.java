package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.spark.SparkObjective;
import dev.lanewise.spark.SparkStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver whose JVM was started without the vector module. An executor without it is not tried:
 * Spark gives the module to all that it starts.
 */
@Timeout(120)
class MissingVectorModuleTest {
  @TempDir Path folder;

  /** Begins two studies. */
  static final class Driver {
    private static final SparkObjective ANY = trial -> 1;

    private Driver() {}

    public static void main(String[] arguments) throws IOException {
      try (SparkSession session = Loopback.session("local[1]").getOrCreate()) {
        Study study = Study.of(Space.empty().uniform("any", 0, 1), Sampler.random(1), ANY);
        SparkStudy.of(session, study);
        SparkStudy.of(session, study);
      }
    }
  }

  @Test
  void theDriverSaysSoOnceAndWhichFlagItLacks() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
        .filter(option -> !option.startsWith("--add-modules"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Driver.class.getName()));
    Path file = folder.resolve("output");
    Process driver =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file.toFile()).start();
    try {
      assertTrue(driver.waitFor(60, TimeUnit.SECONDS), "no end");
    } finally {
      driver.destroyForcibly();
    }
    String output = Files.readString(file);
    assertEquals(0, driver.exitValue(), output);
    assertEquals(2, output.split("The driver runs without vector code", -1).length, output);
    assertTrue(output.contains("start java with --add-modules jdk.incubator.vector"), output);
  }
}
