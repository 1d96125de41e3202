package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.learn.train.Classifier;
import dev.lanewise.testkit.operand.Mix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that was stopped, in whatever way, goes on to the same bits. */
class ResumedTrainingTest {
  private static final int KILLS = 4;
  private static final int MAX_MILLIS = 150;

  @TempDir private Path folder;
  private Path training;
  private Path model;

  @BeforeEach
  void writeSamples() throws IOException {
    training = DigitFiles.draw(0, 400).csv(folder.resolve("train.csv"));
    model = folder.resolve("model.safetensors");
  }

  private Outcome train(Path out, String options) {
    List<Object> words = new ArrayList<>(List.of("train", training, "--out", out));
    words.addAll(List.of("--hidden", "24", "--dropout", "0.1"));
    words.addAll(List.of(options.split(" ")));
    return Outcome.of(words.toArray());
  }

  @Test
  void moreEpochsAreThoseOfOneRun() {
    String options = "--decay inverse:0.1 --validation 0.2 --epochs ";
    String expected = train(folder.resolve("whole"), options + 5).success().checksum();
    String early = train(model, options + 2).success().checksum();
    assertNotEquals(expected, early);
    Outcome resumed = train(model, options + "5 --resume").success();
    assertTrue(resumed.out().contains("Resumed after: epoch 2"), resumed.out());
    assertTrue(!resumed.out().contains("epoch 2/5"), resumed.out());
    assertEquals(expected, resumed.checksum());
    assertEquals(expected, train(model, options + "5 --resume").success().checksum(), "it is over");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lr 0.01       | it was begun with --optimizer adam(0.001, 0.9, 0.999, 1.0E-8), and here",
        "--seed 2        | it was begun with --seed 1, and here it is 2",
        "--batch 16      | it was begun with --batch 64, and here it is 16",
        "--decay cosine  | it was begun with --decay none, and here it is cosine over 30 epochs",
        "--input-eps 1   | it was begun with --input-eps 1.0E-5, and here it is 1.0",
        "--validation .5 | it was begun with samples 400 of 64 features in 10 classes, checksum",
        "--shards 2      | it was begun with --shards 1, and here it is 2",
      })
  void anotherRunIsNotGoneOnWith(String options, String message) throws IOException {
    train(model, "--epochs 1").success();
    byte[] before = Files.readAllBytes(model);
    train(model, "--resume " + options).failure(1, message);
    assertEquals(before.length, Files.size(model));
    DigitFiles.draw(1, 400).csv(training);
    train(model, "--resume").failure(1, "it was begun with samples 400 of 64 features");
  }

  private Process start(String options) throws Exception {
    List<String> words = new ArrayList<>(Command.words());
    words.addAll(List.of("train", training.toString(), "--out", model.toString()));
    words.addAll(List.of(options.split(" ")));
    if (Files.exists(model)) {
      words.add("--resume");
    }
    Path err = folder.resolve("err");
    return new ProcessBuilder(words).redirectError(err.toFile()).start();
  }

  @Test
  void aKilledRunGoesOnToTheSameBits() throws Exception {
    String options = "--hidden 64 --batch 8 --epochs 60 --decay cosine --validation 0.1";
    Mix mix = new Mix(21);
    int hits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process child = start(options);
      try (BufferedReader out = child.inputReader()) {
        String line = out.readLine();
        while (line != null && !line.startsWith("epoch")) {
          line = out.readLine();
        }
        Thread.sleep(mix.below(MAX_MILLIS));
        hits += child.isAlive() ? 1 : 0;
      } finally {
        child.destroyForcibly().waitFor();
      }
      if (Files.exists(model)) {
        assertEquals(10, Classifier.read(model).classes().size());
      }
    }
    Process last = start(options);
    String out;
    try (BufferedReader reader = last.inputReader()) {
      out = String.join("\n", reader.lines().toList());
    }
    assertTrue(last.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, last.exitValue(), out);
    Path whole = folder.resolve("whole");
    List<Object> words = new ArrayList<>(List.of("train", training, "--out", whole));
    words.addAll(List.of(options.split(" ")));
    assertEquals(Outcome.of(words.toArray()).success().checksum(), Outcome.checksum(out));
    System.out.printf("%d of %d kills hit a run; %s%n", hits, KILLS, resumed(out));
    assertTrue(hits > 0, "a kill in time");
    assertTrue(resumed(out).matches("Resumed after: epoch [1-9]\\d*"), out);
  }

  private static String resumed(String out) {
    return out.lines().filter(line -> line.startsWith("Resumed")).findFirst().orElse("not resumed");
  }

  /** Ctrl-C keeps the last epoch and says how to go on. */
  @Test
  void anInterruptedRunSaysHowToGoOn() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no program that interrupts");
    Process child = start("--hidden 64 --batch 1 --epochs 1000");
    StringBuilder out = new StringBuilder();
    try (BufferedReader reader = child.inputReader()) {
      String line = reader.readLine();
      while (line != null) {
        out.append(line).append('\n');
        if (line.startsWith("epoch") && line.contains(" 2/1000")) {
          new ProcessBuilder("/bin/kill", "-INT", Long.toString(child.pid())).start().waitFor();
        }
        line = reader.readLine();
      }
      assertTrue(child.waitFor(1, TimeUnit.MINUTES));
    } finally {
      child.destroyForcibly();
    }
    assertEquals(130, child.exitValue(), out::toString);
    assertTrue(
        out.toString().matches("(?s).*Stopped\\. \\S+ keeps epoch \\d+ of 1000; .*--resume goes.*"),
        out::toString);
    assertEquals(10, Classifier.read(model).classes().size());
  }
}
