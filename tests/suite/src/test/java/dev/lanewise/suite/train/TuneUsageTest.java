package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** What is wrong with a study is said in a line, with its value, before it begins. */
class TuneUsageTest {
  @TempDir private Path folder;
  private Path csv;

  @BeforeEach
  void writeSamples() throws IOException {
    csv = Files.writeString(folder.resolve("samples.csv"), "1,2,a\n3,4,b\n5,6,a\n7,9,b\n");
  }

  private Outcome tune(String... options) {
    List<Object> words = new ArrayList<>(List.of("tune", csv));
    words.addAll(List.of(options));
    if (!words.contains("--journal")) {
      words.addAll(List.of("--journal", folder.resolve("study.jsonl")));
    }
    return Outcome.of(words.toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lr 0                | --lr: 0.0; expected a number above 0",
        "--lr 1:1e-4           | --lr: 1:1e-4; expected a range LOW:HIGH with LOW below HIGH",
        "--lr 1:1              | --lr: 1:1; expected a range LOW:HIGH with LOW below HIGH",
        "--lr 1e-60:1          | --lr: 1.0E-60; expected a number above 0",
        "--lr 1:x              | --lr: 1:x; expected a number above 0, a range such as 1e-4:1, or",
        "--lr 1:2:3            | --lr: 1:2:3; expected a number above 0, a range such as",
        "--lr 1,1              | --lr: 1,1; expected values that differ",
        "--lr 0.1,             | --lr: 0.1,; expected a number above 0, a range",
        "--momentum 0.9:1      | --momentum: 1.0; expected 0 or more and less than 1",
        "--optimizer sgd       | --optimizer: sgd; expected adam, adamw, gradient-descent,",
        "--optimizer adam --momentum 0.9:0.99 | --momentum: 0.9:0.99 is for --optimizer momentum",
        "--optimizer momentum --beta2 0.9 | --beta2: 0.9 is for --optimizer adam and adamw; here",
        "--weight-decay 0.1    | --weight-decay: 0.1 is for --optimizer adamw; here it is adam,mom",
        "--batch 0:9           | --batch: 0; expected at least 1",
        "--batch 1.5           | --batch: 1.5; expected a whole number of at least 1, a range",
        "--units 16:99999999999 | --units: 16:99999999999; expected a whole number",
        "--units 30000:60000   | --units: 60000 in 3 layers with 2 features and 2 classes; expect",
        "--layers 0 --units 8:32 | --units: 8:32 is for --layers of at least 1; here it is 0",
        "--units 0 --layers 0  | --units: 0; expected at least 1",
        "--layers -1:2         | --layers: -1; expected a whole number from 0 to 20, or a range",
        "--layers 1,3          | --layers: 1,3; expected a whole number from 0 to 20, or a range",
        "--layers 1:21         | --layers: 21; expected a whole number from 0 to 20",
        "--dropout 0.5:1       | --dropout: 1.0; expected 0 or more and less than 1",
        "--decay linear        | --decay: linear; expected none, cosine, inverse:RATE,",
        "--decay 0:1           | --decay: inverse:0; expected a number above 0 behind the colon",
        "--input-eps 0         | --input-eps: 0.0; expected a number above 0",
        "--trials 0            | --trials: 0; expected at least 1",
        "--trials 999999       | --trials: 999999; expected at most 100000",
        "--trials 3 --sampler coarse-to-fine | coarse-to-fine: trials is 3; it must be at least 5",
        "--sampler best        | --sampler: best; expected random, grid, coarse-to-fine or halving",
        "--epochs 0            | --epochs: 0; expected at least 1",
        "--eta 3               | --eta: 3 is for --sampler halving; here it is random",
        "--least-epochs 3      | --least-epochs: 3 is for --sampler halving; here it is random",
        "--sampler halving --eta 1 | --eta: 1; expected at least 2",
        "--sampler halving --least-epochs 0 | --least-epochs: 0; expected at least 1",
        "--sampler halving --least-epochs 31 | --least-epochs: 31; expected at most --epochs,",
        "--workers 0           | --workers: 0; expected at least 1",
        "--timeout 0           | --timeout: 0.0; expected a number of seconds above 0",
        "--timeout NaN         | --timeout: NaN; expected a number of seconds above 0",
        "--validation 1        | --validation: 1.0; expected more than 0 and less than 1",
        "--validation 0.01     | --validation: 0.01 of 4 samples leaves 4 to train on and 0 to",
        "--validation 0.5 --validate x.csv | --validation 0.5 and --validate x.csv; expected one",
        "--split-seed 3 --validate x.csv | --split-seed: 3 draws a share of the samples; give",
        "--label-column 0      | --label-column: 0; expected at least 1",
        "--report no/such/x    | no/such is not a folder",
        "--journal no/such/x   | --journal: ",
        "--patience 3          | '--patience'",
        "--lr 1 --batch 2 --lr 3 | --lr is there twice; expected it once",
        "--lr 1 --optimizer rmsprop --batch 2 --layers 1 --units 3 --decay none | every option is",
      })
  void aWrongOptionIsCode2AndNothingIsWritten(String options, String message) throws IOException {
    Outcome outcome = tune(options.split(" ")).failure(2, message);
    assertTrue(outcome.err().contains("Try: lanewise tune --help"), outcome.err());
    assertTrue(outcome.err().lines().count() <= 6, outcome.err());
    assertEquals("", outcome.out());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(csv), files.toList());
    }
  }

  @Test
  void nothingThatIsReadIsReplaced() throws IOException {
    String before = Files.readString(csv);
    String journal = folder.resolve("study.jsonl").toString();
    tune("--journal", csv.toString()).failure(2, "--journal: " + csv + " would replace " + csv);
    tune("--report", csv.toString()).failure(2, "--report: " + csv + " would replace " + csv);
    tune("--report", journal).failure(2, "--report: " + journal + " would replace " + journal);
    tune("--report", folder.toString()).failure(2, folder + " is a folder");
    assertEquals(before, Files.readString(csv));
  }

  @Test
  void aFileThatIsNotAsItShouldBeIsCode1() throws IOException {
    Path absent = folder.resolve("absent.csv");
    Outcome.of("tune", absent).failure(1, absent + " does not exist");
    Outcome.of("tune").failure(2, "Missing required parameter: 'FILE'");
    Path journal = Files.writeString(folder.resolve("notes.txt"), "precious\n");
    tune("--journal", journal.toString()).failure(1, journal + ": line 1: precious: it is no JSON");
    assertEquals("precious\n", Files.readString(journal));
    Files.writeString(csv, "1,2,a\n3,4,a\n");
    tune().failure(1, csv + ": all samples are of class a; expected at least 2 classes");
  }

  @Test
  void defaultsAreSaid() {
    String help = Outcome.of("tune", "--help").success().out();
    for (String words : List.of("(default: 1e-4:1)", "(default: adam,momentum)", "jsonl)")) {
      assertTrue(help.contains(words), help);
    }
    assertTrue(help.lines().noneMatch(line -> line.length() > 80), help);
  }
}
