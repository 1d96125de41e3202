package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Train, evaluate, predict, with files of each kind. */
class TrainCommandTest {
  private static final int TRAINED = 600;
  private static final int TESTED = 200;

  @TempDir private Path folder;
  private Path training;
  private Path test;

  @BeforeEach
  void writeSamples() throws IOException {
    training = DigitFiles.draw(0, TRAINED).csv(folder.resolve("train.csv"));
    test = DigitFiles.draw(TRAINED, TESTED).csv(folder.resolve("test.csv"));
  }

  private Path model(String name) {
    return folder.resolve(name + ".safetensors");
  }

  private Outcome train(String name, String options) {
    List<Object> words = new ArrayList<>(List.of("train", training, "--out", model(name)));
    words.addAll(List.of("--hidden=32", "--epochs=4", "--batch=32"));
    if (!options.contains("--lr")) {
      words.add("--lr=0.01");
    }
    if (!options.isEmpty()) {
      words.addAll(List.of(options.split(" ")));
    }
    return Outcome.of(words.toArray()).success();
  }

  @Test
  void digitsInCsvAreLearnt() throws IOException {
    Outcome trained = train("csv", "--validation 0.2");
    assertTrue(trained.out().contains("Trained on: 480 samples of 64 features in 10 classes, of"));
    assertEquals(4, trained.out().lines().filter(l -> l.startsWith("epoch ")).count());
    assertTrue(trained.percent("Validation accuracy") > 70, trained.out());
    Outcome evaluated = Outcome.of("evaluate", model("csv"), test).success();
    double accuracy = evaluated.percent("accuracy");
    assertTrue(accuracy > 70, evaluated.out());
    Path predicted = folder.resolve("predicted.csv");
    Outcome.of("predict", model("csv"), test, "--ignore-labels", "--out", predicted).success();
    List<String> lines = Files.readAllLines(predicted);
    assertEquals("class,p(0),p(1),p(2),p(3),p(4),p(5),p(6),p(7),p(8),p(9)", lines.getFirst());
    assertEquals(1 + TESTED, lines.size());
    int right = 0;
    for (int i = 0; i < TESTED; i++) {
      String[] fields = lines.get(i + 1).split(",");
      double[] p = Stream.of(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
      assertEquals(1, DoubleStream.of(p).sum(), 1e-5);
      assertEquals(
          DoubleStream.of(p).max().orElseThrow(), p[Integer.parseInt(fields[0])], "the best");
      right += fields[0].equals(Integer.toString(i % 10)) ? 1 : 0;
    }
    assertEquals(accuracy, 100.0 * right / TESTED, 0.005);
    assertEquals(
        Files.readString(predicted),
        Outcome.of("predict", model("csv"), test, "--ignore-labels").success().out());
  }

  @Test
  void filesOfEachKindGiveTheSameModel() throws IOException {
    DigitFiles digits = DigitFiles.draw(0, TRAINED);
    DigitFiles tested = DigitFiles.draw(TRAINED, TESTED);
    String expected = train("csv", "").checksum();
    String accuracy = Outcome.of("evaluate", model("csv"), test).success().out();
    String predicted = Outcome.of("predict", model("csv"), test, "--ignore-labels").success().out();
    for (boolean zipped : List.of(true, false)) {
      Path images = folder.resolve("a");
      Path labels = folder.resolve("b");
      Path testImages = folder.resolve("c");
      Path testLabels = folder.resolve("d");
      if (zipped) {
        digits.gzippedImages(images);
        digits.gzippedLabels(labels);
        tested.gzippedImages(testImages);
        tested.gzippedLabels(testLabels);
      } else {
        digits.npyImages(images);
        digits.npyLabels(labels);
        tested.npyImages(testImages);
        tested.npyLabels(testLabels);
      }
      Path model = model("pair" + zipped);
      Outcome trained =
          Outcome.of(
              "train",
              images,
              labels,
              "--out",
              model,
              "--hidden=32",
              "--lr=0.01",
              "--epochs=4",
              "--batch=32",
              "--validate=" + testImages + "," + testLabels,
              "--threads=2",
              "--quiet");
      assertEquals(expected, trained.success().checksum());
      assertFalse(trained.out().contains("epoch"), trained.out());
      assertEquals(accuracy, Outcome.of("evaluate", model, testImages, testLabels).success().out());
      assertEquals(predicted, Outcome.of("predict", model, testImages).success().out());
    }
  }

  /** The pixels of a model that was trained on names are labelled by the same names. */
  @Test
  void classesAreFoundByTheirNames() throws IOException {
    DigitFiles.draw(0, TRAINED).csv(training, "digit ");
    train("named", "");
    Path few = DigitFiles.draw(TRAINED, 8).csv(folder.resolve("few.csv"), "digit ");
    Outcome evaluated = Outcome.of("evaluate", model("named"), few).success();
    assertTrue(evaluated.percent("accuracy") > 50, evaluated.out());
    String header = evaluated.out().lines().skip(4).findFirst().orElseThrow();
    String first = evaluated.out().lines().skip(5).findFirst().orElseThrow();
    assertEquals(header.indexOf("digit 0") + "digit 0".length(), columnEnd(first), evaluated.out());
    assertTrue(
        evaluated.out().lines().anyMatch(l -> l.matches(" *digit 9 +- +- [ 0-9]+")), "absent");
    Outcome.of("evaluate", model("named"), test)
        .failure(1, test + ", line 1, field 65: \"0\"; expected one of the classes digit 0,");
    DigitFiles digits = DigitFiles.draw(0, 20);
    Path images = digits.gzippedImages(folder.resolve("a"));
    Path labels = digits.gzippedLabels(folder.resolve("b"));
    Outcome.of("evaluate", model("named"), images, labels)
        .failure(1, labels + ", label 1: 0; expected one of the classes digit 0,");
  }

  /** Where the count of the first class ends. */
  private static int columnEnd(String row) {
    assertTrue(row.matches(" *digit 0 +[0-9.]+ % +[0-9.]+ % [ 0-9]+"), row);
    int recall = row.lastIndexOf('%') + 1;
    String counts = row.substring(recall);
    return recall + counts.length() - counts.stripLeading().replaceFirst("^\\d+", "").length();
  }

  @Test
  void theLabelIsWhereItIsSaid() throws IOException {
    StringBuilder lines = new StringBuilder("kind,u,v\n");
    for (int i = 0; i < 60; i++) {
      lines.append(i % 2 == 0 ? "even," : "odd,").append(i % 2).append(',').append(i).append('\n');
    }
    Files.writeString(training, lines);
    for (String column : List.of("kind", "1")) {
      train(column, "--label-column " + column);
      Outcome evaluated =
          Outcome.of("evaluate", model(column), training, "--label-column", column).success();
      assertEquals(100, evaluated.percent("accuracy"));
    }
    Path unlabelled = Files.writeString(folder.resolve("new.csv"), "1,5\n0,8\n");
    List<String> predicted =
        Outcome.of("predict", model("kind"), unlabelled).success().out().lines().toList();
    assertEquals("class,p(even),p(odd)", predicted.get(0));
    assertTrue(predicted.get(1).startsWith("odd,") && predicted.get(2).startsWith("even,"));
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() throws IOException {
    train("model", "");
    Path model = model("model");
    Path narrow = Files.writeString(folder.resolve("narrow.csv"), "1,2,3\n");
    Path absent = folder.resolve("absent");
    Outcome.of("evaluate", model, narrow).failure(1, narrow + "");
    Outcome.of("predict", model, narrow).failure(1, narrow + ", line 1: 3 fields; expected 64");
    Outcome.of("predict", model, test).failure(1, "--ignore-labels");
    Outcome.of("predict", model, test, "--ignore-labels", "--out", test)
        .failure(2, "--out: " + test + " would replace " + test);
    Outcome.of("evaluate", test, test).failure(1, test + ": the header's length");
    Outcome.of("evaluate", absent, test).failure(1, absent.toString());
    Outcome.of("predict", model, absent).failure(1, absent + " does not exist");
    Outcome.of("evaluate", model).failure(2, "Missing required parameter: 'FILE'");
  }

  /** So few samples are soon learnt by heart. */
  @Test
  void trainingEndsEarlyWithTheBestEpoch() throws IOException {
    Path few = DigitFiles.draw(0, 40).csv(folder.resolve("few.csv"));
    Path curves = folder.resolve("curves.csv");
    Outcome trained =
        Outcome.of(
            "train",
            few,
            "--validate",
            test,
            "--patience",
            3,
            "--lr",
            0.01,
            "--epochs",
            200,
            "--hidden",
            32,
            "--out",
            model("early"),
            "--curves",
            curves);
    double accuracy = trained.success().percent("Validation accuracy");
    List<String[]> epochs =
        Files.readAllLines(curves).stream().skip(1).map(l -> l.split(",")).toList();
    assertTrue(epochs.size() < 200, "it ended early");
    double[] losses = epochs.stream().mapToDouble(e -> Double.parseDouble(e[3])).toArray();
    int best = losses.length - 1 - 3;
    assertEquals(losses[best], DoubleStream.of(losses).min().orElseThrow());
    assertEquals(100 * Double.parseDouble(epochs.get(best)[4]), accuracy, 0.005);
    assertEquals(
        accuracy, Outcome.of("evaluate", model("early"), test).success().percent("accuracy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--optimizer momentum --momentum 0.5 --lr 0.1",
        "--optimizer nesterov",
        "--optimizer rmsprop",
        "--optimizer adamw --weight-decay 0.1",
        "--optimizer adamw --beta2 0.9",
        "--beta1 0.8",
        "--beta2 0.99",
        "--optimizer gradient-descent --clip 1 --lr 0.3",
        "--dropout 0.3",
        "--decay inverse:0.2",
        "--decay exponential:0.5",
        "--decay inverse-root",
        "--decay steps:0.5:1",
        "--decay cosine",
        "--decay cosine --warm-up 0.5",
        "--input-eps 1",
        "--seed 2",
        "--shards 2",
      })
  void everyOptionChangesTheModelAndStillLearns(String options) {
    // Not --validation, whose samples the seed draws too.
    Outcome plain = train("plain", "--validate " + test);
    Outcome changed = train("changed", options + " --validate " + test);
    assertNotEquals(plain.checksum(), changed.checksum(), changed.out());
    assertTrue(changed.percent("Validation accuracy") > 50, changed.out());
  }

  /** The share is drawn by its own seed, so that other seeds are compared on the same samples. */
  @Test
  void theShareIsDrawnByItsOwnSeed() {
    String usual = train("usual", "--validation 0.2 --seed 5").checksum();
    assertEquals(usual, train("same", "--validation 0.2 --seed 5 --split-seed 5").checksum());
    Outcome other = train("other", "--validation 0.2 --seed 5 --split-seed 6");
    assertNotEquals(usual, other.checksum());
    assertTrue(other.out().contains("Trained on: 480 samples"), other.out());
  }

  /** Options of a group may lie apart. */
  @Test
  void theOrderOfOptionsDoesNotMatter() {
    List<String> sums = new ArrayList<>();
    for (String options :
        List.of(
            "--dropout 0.3 --validation 0.2 --input-eps 1 --seed 3",
            "--seed 3 --input-eps 1 --validation 0.2 --dropout 0.3")) {
      Outcome trained = train("order" + sums.size(), options);
      assertTrue(trained.out().contains("dropout 0.3, input eps 1.0, seed 3"), trained.out());
      sums.add(trained.checksum());
    }
    assertEquals(sums.get(0), sums.get(1));
  }

  @Test
  void curvesAndReportAreWritten() throws IOException {
    Path curves = folder.resolve("curves.csv");
    Path report = folder.resolve("report.html");
    train("written", "--validation 0.2 --curves " + curves + " --report " + report);
    List<String> lines = Files.readAllLines(curves);
    assertEquals("epoch,loss,rate_factor,validation_loss,validation_accuracy", lines.getFirst());
    assertEquals(5, lines.size());
    String page = Files.readString(report);
    assertTrue(
        page.contains("\"Command\",\"value\":\"lanewise train " + training), "how to repeat it");
    assertTrue(page.contains("\"Checksum of the weights\"") && page.length() < 3_000_000);
  }
}
