package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said in a line, with its value, before anything is done. */
class TrainUsageTest {
  @TempDir private Path folder;
  private Path csv;
  private Path model;

  @BeforeEach
  void writeSamples() throws IOException {
    csv = Files.writeString(folder.resolve("samples.csv"), "1,2,a\n3,4,b\n5,6,a\n7,9,b\n");
    model = folder.resolve("model.safetensors");
  }

  private Outcome train(String... options) {
    List<Object> words = new ArrayList<>(List.of("train", csv, "--out", model));
    words.addAll(List.of(options));
    return Outcome.of(words.toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hidden 0            | --hidden: 0; expected numbers of units of at least 1, such as",
        "--hidden 12,,3        | --hidden: 12,,3; expected",
        "--hidden 12x          | --hidden: 12x; expected",
        "--hidden -5           | --hidden: -5; expected",
        "--dropout 1           | --dropout: 1.0; expected 0 or more and less than 1",
        "--dropout NaN         | --dropout: NaN; expected",
        "--input-eps 0         | --input-eps: 0.0; expected a number above 0",
        "--input-eps 1e-60     | --input-eps: 1.0E-60; expected a number above 0",
        "--epochs 0            | --epochs: 0; expected at least 1",
        "--epochs x            | '--epochs': 'x' is not an int",
        "--batch -1            | --batch: -1; expected at least 1",
        "--shards 0            | --shards: 0; expected at least 1",
        "--threads 0           | --threads: 0; expected at least 1",
        "--seed 1.5            | '--seed': '1.5' is not a long",
        "--optimizer sgd       | --optimizer: sgd; expected adam, adamw, gradient-descent,",
        "--lr 0                | --lr: 0.0; expected a number above 0",
        "--lr Infinity         | --lr: Infinity; expected a number above 0",
        "--momentum 0.5        | --momentum: 0.5 is for --optimizer momentum and nesterov; here",
        "--optimizer momentum --momentum 1 | --momentum: 1.0; expected 0 or more and less than 1",
        "--optimizer momentum --beta1 0.5 | --beta1: 0.5 is for --optimizer adam and adamw; here",
        "--beta2 1             | --beta2: 1.0; expected 0 or more and less than 1",
        "--split-seed 3        | --split-seed: 3 draws a share of the samples; give --validation",
        "--weight-decay 0.1    | --weight-decay: 0.1 is for --optimizer adamw; here it is adam",
        "--optimizer adamw --weight-decay -1 | --weight-decay: -1.0; expected 0 or more",
        "--clip 0              | --clip: 0.0; expected a number above 0",
        "--decay linear        | --decay: linear; expected none, cosine, inverse:RATE,",
        "--decay inverse       | --decay: inverse; expected none,",
        "--decay cosine:3      | --decay: cosine:3; expected none,",
        "--decay inverse:x     | --decay: inverse:x; expected a number above 0 behind the colon",
        "--decay exponential:0 | --decay: exponential:0; expected a number above 0",
        "--decay steps:0.5:0   | --decay: steps:0.5:0; expected a number of epochs of at least 1",
        "--warm-up 0           | --warm-up: 0.0; expected a number above 0",
        "--warm-up 5 --epochs 5 | --warm-up: 5.0; expected less than --epochs, which is 5",
        "--validation 1        | --validation: 1.0; expected more than 0 and less than 1",
        "--validation 0.01     | --validation: 0.01 of 4 samples leaves 4 to train on and 0 to",
        "--validation 0.5 --validate x.csv | --validation 0.5 and --validate x.csv; expected one",
        "--patience 3          | --patience: 3, and nothing to validate on; give --validation or",
        "--patience 0 --validation 0.5 | --patience: 0; expected at least 1",
        "--label-column 0      | --label-column: 0; expected at least 1",
        "--label-column 99999999999 | --label-column: 99999999999; expected at most",
        "--header maybe        | --header: maybe; expected yes or no",
        "--header no --label-column c | --label-column: c; expected a number, as names are in",
        "--resume              | model.safetensors does not exist; without --resume it is begun",
        "--resume --overwrite  | --resume goes on with",
        "--report no/such/x    | no/such is not a folder",
        "--epoch 3             | '--epoch'",
        "--hidden 3 --dropout 0.2 --hidden 4 | --hidden is there twice; expected it once",
        "--hidden 60000,60000  | --hidden: 60000,60000 with 2 features and 2 classes; expected at",
      })
  void aWrongOptionIsCode2AndNothingIsWritten(String options, String message) throws IOException {
    Outcome outcome = train(options.split(" ")).failure(2, message);
    assertTrue(outcome.err().contains("Try: lanewise train --help"), outcome.err());
    assertTrue(outcome.err().lines().count() <= 6, outcome.err());
    assertEquals("", outcome.out());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(csv), files.toList());
    }
  }

  @Test
  void filesThatDoNotGoTogetherAreRefused() throws IOException {
    DigitFiles digits = DigitFiles.draw(0, 20);
    Path images = digits.gzippedImages(folder.resolve("images"));
    Path npy = digits.npyLabels(folder.resolve("labels.npy"));
    Outcome.of("train").failure(2, "Missing required parameter: 'FILE'");
    Outcome.of("train", csv, csv, "--out", model).failure(2, "2 files of CSV");
    Outcome.of("train", images, "--out", model)
        .failure(2, "1 file of IDX, " + images + "; expected two: the inputs, then the labels");
    Outcome.of("train", images, npy, "--out", model)
        .failure(2, images + " is IDX and " + npy + " is NPY; expected one CSV file, or two");
    Outcome.of("train", images, images, images, "--out", model).failure(2, "3 files; expected");
    Outcome.of("train", images, images, "--label-column", "1", "--out", model)
        .failure(2, "--label-column and --header are for CSV; " + images + " is IDX");
    assertFalse(Files.exists(model));
  }

  @Test
  void nothingThatIsReadIsReplaced() throws IOException {
    String before = Files.readString(csv);
    train("--report", csv.toString()).failure(2, "--report: " + csv + " would replace " + csv);
    Outcome.of("train", csv, "--out", csv, "--overwrite")
        .failure(2, "--out: " + csv + " would replace " + csv);
    train("--curves", folder + "/./samples.csv").failure(2, "would replace");
    train("--report", model.toString()).failure(2, "--report: " + model + " would replace");
    Outcome.of("train", csv, "--out", folder, "--overwrite").failure(2, folder + " is a folder");
    assertEquals(before, Files.readString(csv));
  }

  @Test
  void aModelThatExistsIsKept() throws IOException {
    Files.writeString(model, "precious");
    train()
        .failure(
            2,
            model
                + " exists; --resume goes on with it, --overwrite replaces it, --out names"
                + " another");
    assertEquals("precious", Files.readString(model));
    train("--resume").failure(1, model + ": ");
    assertEquals("precious", Files.readString(model));
    train("--overwrite", "--epochs", "1").success();
    assertTrue(Files.size(model) > 100);
  }

  @Test
  void aFileThatIsNotAsItShouldBeIsCode1() throws IOException {
    Path absent = folder.resolve("absent.csv");
    Outcome.of("train", absent, "--out", model).failure(1, absent + " does not exist");
    Outcome.of("train", folder, "--out", model).failure(1, folder + " is a folder");
    Files.writeString(csv, "1,2,a\n3,x,b\n");
    train().failure(1, csv + ", line 2, field 2: \"x\"; expected");
    Files.writeString(csv, "1,2,a\n3,4,a\n");
    train().failure(1, csv + ": all samples are of class a; expected at least 2 classes");
    Files.write(csv, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    train().failure(1, csv + " is a gzipped file of something else than IDX");
    assertFalse(Files.exists(model));
  }

  /** The learning rate is beyond all measure. */
  @Test
  void aLossBeyondAllNumbersIsCode1() throws IOException {
    Files.writeString(csv, "1,a\n2,b\n3,a\n9,b\n");
    train("--hidden", "8", "--lr", "3.3e38", "--optimizer", "gradient-descent")
        .failure(1, "a smaller learning rate may help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "tune", "evaluate", "predict"})
  void helpShowsWhatANewcomerNeeds(String command) {
    String help = Outcome.of(command, "--help").success().out();
    assertTrue(help.startsWith("Usage: lanewise " + command), help);
    assertTrue(help.contains("java -jar lanewise.jar " + command), help);
    assertFalse(help.contains("DEFAULT-VALUE") || help.contains("null"), help);
    assertTrue(!command.equals("train") || help.contains("(default: 128,128)"), help);
  }
}
