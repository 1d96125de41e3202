package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.train.ClassifierTraining;
import dev.lanewise.bench.train.TrainingData;
import dev.lanewise.bench.tune.SearchOptions;
import dev.lanewise.bench.tune.TrainingSpace;
import dev.lanewise.bench.tune.TrialTraining;
import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.suite.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command tune: what it finds, that it goes on, and that its best trial can be repeated. */
@Timeout(120)
class TuneCommandTest {
  private static final int SAMPLES = 400;
  private static final String SMALL = "--trials 6 --epochs 3 --units 8:32 --lr 1e-3:0.1 --seed 4";

  private static final String SEARCHED =
      """
      Searched:
        lr: logUniform(0.001, 0.1)
        optimizer: choice(adam, momentum)
        momentum: oneMinusLogUniform(0.9, 0.999) if optimizer is momentum
        beta1: oneMinusLogUniform(0.8, 0.98) if optimizer is adam
        beta2: oneMinusLogUniform(0.99, 0.9999) if optimizer is adam
        layers: integer(1, 3)
        units 1: logInteger(8, 32)
        units 2: logInteger(8, 32) if layers >= 2.0
        units 3: logInteger(8, 32) if layers >= 3.0
        batch: logInteger(16, 256)
        decay: logUniform(0.001, 1.0)
      """;

  @TempDir private Path folder;
  private Path csv;
  private Path journal;

  @BeforeEach
  void writeSamples() throws IOException {
    csv = DigitFiles.draw(0, SAMPLES).csv(folder.resolve("digits.csv"));
    journal = folder.resolve("study.jsonl");
  }

  private Outcome tune(Path to, String options) {
    List<Object> words = new ArrayList<>(List.of("tune", csv, "--journal", to));
    words.addAll(List.of(options.split(" ")));
    return Outcome.of(words.toArray());
  }

  @Test
  void aStudyFindsOptionsThatClassify() throws IOException {
    Path report = folder.resolve("study.html");
    Outcome outcome =
        tune(journal, SMALL.replace("epochs 3", "epochs 12") + " --workers 2 --report " + report)
            .success();
    String out = outcome.out();
    assertTrue(
        out.contains("Trained on: 320 samples of 64 features in 10 classes, of " + csv), out);
    assertTrue(out.contains("Validated on: 80 other samples"), out);
    assertTrue(out.contains(SEARCHED), out);
    assertEquals(6, out.lines().filter(line -> line.matches("\\[./6] trial .*best .*")).count());
    String best = Studies.fact(outcome, "Best");
    assertTrue(best.matches("trial \\d, validation accuracy [7-9]\\d\\.\\d\\d %"), best);
    assertEquals(1 + 2 * 6, Files.readAllLines(journal).size());
    assertEquals(report.toString(), Studies.fact(outcome, "Report"));
    assertTrue(Files.readString(report).contains("Command"), "what was studied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "grid", "coarse-to-fine", "halving"})
  void anyNumberOfWorkersFindsTheSame(String sampler) throws IOException {
    Path other = folder.resolve("other.jsonl");
    String options = SMALL + " --sampler " + sampler;
    Outcome one = tune(journal, options + " --workers 1 --quiet").success();
    Outcome two = tune(other, options + " --workers 3 --quiet").success();
    assertEquals(Studies.ends(journal), Studies.ends(other));
    assertEquals(Studies.fact(one, "Best"), Studies.fact(two, "Best"));
    assertEquals(Studies.fact(one, "Trained again by"), Studies.fact(two, "Trained again by"));
    assertFalse(one.out().contains("[1/"), one.out());
    assertFalse(Studies.ends(journal).isEmpty());
  }

  /** What a shell makes of the command that tune prints, without the words that start java. */
  private static List<String> words(String command) throws Exception {
    Path shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "no shell that divides a command into words");
    String begin = "java -jar lanewise.jar ";
    assertTrue(command.startsWith(begin), command);
    ChildJvm.Result result =
        ChildJvm.run(
            new ProcessBuilder(
                shell.toString(), "-c", "printf '%s\\n' " + command.substring(begin.length())));
    return result.out().lines().toList();
  }

  private Outcome trainAgain(Outcome study, Path curves) throws Exception {
    List<Object> words = new ArrayList<>(words(Studies.fact(study, "Trained again by")));
    words.addAll(List.of("--out", folder.resolve("again.safetensors"), "--curves", curves));
    return Outcome.of(words.toArray()).success();
  }

  private static List<String> accuracies(Path curves) throws IOException {
    return Files.readAllLines(curves).stream().skip(1).map(line -> line.split(",")[4]).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--sampler halving --epochs 8 --eta 2",
        "--optimizer adamw --decay none,cosine --dropout 0:0.5 --input-eps 1",
        "--optimizer momentum,nesterov,rmsprop --layers 0:2 --batch 8,16 --validation 0.3",
        "--split-seed 9 --layers 2 --units 16 --beta1 0.9 --momentum 0.5:0.9",
      })
  void theBestTrialIsTrainedAgainToTheLastDigit(String options) throws Exception {
    Path odd = Files.createDirectory(folder.resolve("it's $HOME"));
    csv = Files.move(csv, odd.resolve("a b.csv"));
    List<String> given = new ArrayList<>(List.of(SMALL.split(" ")));
    for (String word : options.isEmpty() ? new String[0] : options.split(" ")) {
      int at = given.indexOf(word);
      if (word.startsWith("--") && at >= 0) {
        given.subList(at, at + 2).clear();
      }
      given.add(word);
    }
    Outcome study = tune(journal, String.join(" ", given)).success();
    Path curves = folder.resolve("curves.csv");
    Outcome again = trainAgain(study, curves);
    List<String> reports = Studies.reports(journal, Studies.best(study));
    assertEquals(reports, accuracies(curves));
    assertTrue(
        Studies.fact(study, "Best")
            .endsWith(
                "validation accuracy %.2f %%".formatted(again.percent("Validation accuracy"))),
        study.out());
  }

  /** A file of validation, and the trial itself beside the command that repeats it. */
  @Test
  void theWeightsAreThoseOfTheTrial() throws Exception {
    Path test = DigitFiles.draw(SAMPLES, 100).csv(folder.resolve("test.csv"));
    Outcome study = tune(journal, SMALL + " --validate " + test).success();
    Path curves = folder.resolve("curves.csv");
    String expected = trainAgain(study, curves).checksum();
    assertEquals(Studies.reports(journal, Studies.best(study)), accuracies(curves));
    CsvFormat format = CsvFormat.DEFAULT;
    TrialTraining training =
        new TrialTraining(
            new TrainingSpace(new SearchOptions()),
            new TrainingData(
                format.read(csv), format.withClasses(format.read(csv).classes()).read(test)),
            budget -> 3);
    List<String> words = words(Studies.fact(study, "Trained again by"));
    List<String> own =
        new ArrayList<>(words.subList(words.indexOf(test.toString()) + 1, words.size()));
    TrainingRun run = training.begin(own, TrainingListener.NONE);
    run.train();
    assertEquals(expected, ClassifierTraining.checksum(run));
    own.set(own.indexOf("--seed") + 1, "1");
    TrainingRun other = training.begin(own, TrainingListener.NONE);
    other.train();
    assertNotEquals(expected, ClassifierTraining.checksum(other));
  }

  /** Which has no units, so that none is searched and none is fixed. */
  @Test
  void aLinearClassifierIsSearched() throws IOException {
    Outcome outcome = tune(journal, "--trials 2 --epochs 1 --layers 0").success();
    assertTrue(Studies.fact(outcome, "Fixed").contains(" --layers 0 "), outcome.out());
    assertFalse(outcome.out().contains("units"), outcome.out());
    assertTrue(Studies.fact(outcome, "Trained again by").contains(" --hidden none "));
  }

  @Test
  void theSameCommandGoesOn() throws IOException {
    Outcome whole = tune(journal, SMALL).success();
    List<String> ends = Studies.ends(journal);
    List<String> lines = Files.readAllLines(journal);
    int kept = 1 + 2 * 3;
    Files.write(journal, lines.subList(0, kept));
    long known = Studies.ends(journal).size();
    Outcome second = tune(journal, SMALL + " --workers 1").success();
    assertTrue(
        second.out().contains(known + " of 6 trials are in " + journal + " and are not run again."),
        second.out());
    assertEquals(ends, Studies.ends(journal));
    assertEquals(6 - known, second.out().lines().filter(l -> l.matches("\\[./6].*")).count());
    Outcome third = tune(journal, SMALL).success();
    assertTrue(third.out().contains("6 of 6 trials are in " + journal), third.out());
    for (String name : List.of("Best", "Its parameters", "Trained again by")) {
      assertEquals(Studies.fact(whole, name), Studies.fact(second, name));
      assertEquals(Studies.fact(whole, name), Studies.fact(third, name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--trials 7",
        "--seed 5",
        "--sampler grid",
        "--lr 1e-3:0.2",
        "--epochs 4",
        "--validation 0.3",
        "--split-seed 3",
        "--input-eps 1",
        "--dropout 0.1"
      })
  void anotherStudyIsNotGoneOnWith(String option) throws IOException {
    tune(journal, "--trials 2 --epochs 1 --units 8").success();
    byte[] before = Files.readAllBytes(journal);
    String name = option.split(" ")[0];
    String base = "--trials 2 --epochs 1 --units 8 ".replaceAll(name + " \\S+ ", "");
    Outcome outcome = tune(journal, base + option);
    outcome.failure(1, journal + " is the journal of another study: ");
    assertTrue(outcome.err().contains("; --journal names another file"), outcome.err());
    assertEquals(before.length, Files.size(journal));
  }

  @Test
  void otherDataAreAnotherStudy() throws IOException {
    tune(journal, "--trials 2 --epochs 1 --units 8").success();
    csv = DigitFiles.draw(1, SAMPLES).csv(csv);
    tune(journal, "--trials 2 --epochs 1 --units 8")
        .failure(1, journal + " is the journal of another study: description is ");
  }

  /** A learning rate beyond all measure. */
  @Test
  void aStudyWithoutAScoreIsCode1() throws IOException {
    tune(journal, "--trials 3 --epochs 2 --optimizer gradient-descent --lr 1e37:1e38 --layers 2")
        .failure(1, "none of 3 trials has finished; trial 0: failed: java.lang.Arithmetic");
    assertEquals(3, Studies.ends(journal).stream().filter(l -> l.contains("failed")).count());
    Path second = folder.resolve("second.jsonl");
    tune(second, "--trials 2 --epochs 100000 --batch 4 --timeout 0.2")
        .failure(1, "none of 2 trials has finished; trial 0: timed out: not finished after PT0.2S");
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("lanewise-trial")),
        "trials end when they are asked to");
  }

  @Test
  void whatFailsIsSaidAndTheRestGoesOn() throws IOException {
    Outcome outcome =
        tune(
                journal,
                "--trials 12 --epochs 2 --units 8 --optimizer gradient-descent --lr 1e-3:1e38")
            .success();
    String failed = Studies.fact(outcome, "Not finished");
    assertTrue(failed.matches("\\d+ of 12 trials, such as trial \\d+: failed: .*"), failed);
    assertTrue(Studies.ends(journal).stream().anyMatch(l -> l.contains("\"finished\"")));
  }

  @Test
  void pairsOfFilesAreTaken() throws IOException {
    DigitFiles digits = DigitFiles.draw(0, SAMPLES);
    Path images = digits.npyImages(folder.resolve("images.npy"));
    Path labels = digits.npyLabels(folder.resolve("labels.npy"));
    Path other = folder.resolve("other.jsonl");
    tune(journal, SMALL).success();
    List<Object> words = new ArrayList<>(List.of("tune", images, labels, "--journal", other));
    words.addAll(List.of(SMALL.split(" ")));
    Outcome pair = Outcome.of(words.toArray()).success();
    assertEquals(Studies.ends(journal), Studies.ends(other));
    assertTrue(
        Studies.fact(pair, "Trained again by").contains(" train " + images + " " + labels + " "));
  }
}
