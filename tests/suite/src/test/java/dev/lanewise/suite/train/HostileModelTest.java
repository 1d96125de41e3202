package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.learn.train.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model files that claim what they have not are refused by a line, without much memory. */
class HostileModelTest {
  private static final String LAYERS = "lanewise.layers";

  @TempDir private Path folder;
  private Path csv;
  private Path model;

  @BeforeEach
  void train() throws IOException {
    csv = Files.writeString(folder.resolve("samples.csv"), "1,2,a\n3,4,b\n5,6,a\n7,9,b\n");
    model = folder.resolve("model");
    Outcome.of("train", csv, "--hidden", "3", "--epochs", "1", "--out", model).success();
  }

  private void edit(String key, String from, String to) throws IOException {
    SafeTensors content = SafeTensors.read(model);
    SequencedMap<String, String> texts = new LinkedHashMap<>(content.metadata());
    String edited = texts.get(key).replace(from, to);
    assertEquals(false, edited.equals(texts.get(key)), texts.get(key));
    texts.put(key, edited);
    SafeTensors.of(content.tensors(), texts).write(model);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"features\":2 | \"features\":2147483647 | claims layers of 6442450941 weights or more",
        "\"hidden\":[3] | \"hidden\":[2000000000] | claims layers of 4000000000 weights or more",
        "\"hidden\":[3] | \"hidden\":[3,3,3,3,3,3,3,3,3,3] | claims layers of",
        "\"hidden\":[3] | \"hidden\":[0] | hidden units is 0; it must be at least 1",
        "\"hidden\":[3] | \"hidden\":[4] | expected a shape of",
        "\"features\":2 | \"features\":1 | expected a shape of",
        "\"classes\":2 | \"classes\":2000000000 | 2 classes and an eps of",
        "\"dropout\":0.0 | \"dropout\":7 | dropout is 7.0",
        "\"inputEps\":1.0E-5 | \"inputEps\":1e999 | 2 classes and an eps of Infinity",
        "{ | [ | is no JSON",
      })
  void layersThatTheFileHasNotAreRefused(String from, String to, String message)
      throws IOException {
    edit(LAYERS, from, to);
    Outcome.of("evaluate", model, csv).failure(1, message);
  }

  @Test
  void classesThatAreNoneAreRefused() throws IOException {
    edit("lanewise.classes", "\"b\"", "\"a\"");
    Outcome.of("evaluate", model, csv).failure(1, "lanewise.classes has a name twice");
    edit("lanewise.classes", "\"a\",", "");
    Outcome.of("evaluate", model, csv).failure(1, "1 classes and an eps of");
  }
}
