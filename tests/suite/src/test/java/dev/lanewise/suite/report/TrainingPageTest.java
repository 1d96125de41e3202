package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.bench.report.TrainingPage;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.History.Epoch;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The page of a training run. */
class TrainingPageTest {
  private static final List<Fact> FACTS = List.of(new Fact("Model", Pages.HOSTILE));

  @TempDir private Path folder;

  private static History history(boolean validated) {
    double none = Double.NaN;
    return new History(
        validated
            ? List.of(new Epoch(1, 0.9, 1, 0.8, 0.5), new Epoch(2, 0.4, 0.5, 0.6, 0.75))
            : List.of(new Epoch(1, 0.9, 1, none, none)));
  }

  /** Of an untrained network; each of three classes has two samples. */
  private static Evaluation evaluation() {
    Dataset data =
        new Dataset(
            FloatMatrix.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}, 6, 2),
            Labels.of(new int[] {0, 1, 2, 0, 1, 2}),
            List.of("a", Pages.HOSTILE, "<b>c"));
    Network network = new MultilayerPerceptron(2, List.of(), 3, 0).network();
    Session session = Session.of(network.cost(), network.logits()).capacity(6).build();
    return Evaluation.of(network, session, data);
  }

  @Test
  void numbersAreThoseOfTheRun() {
    JsonNode data = Pages.data(TrainingPage.html(FACTS, history(true), evaluation()));
    assertEquals(0.6, data.at("/epochs/1/validationLoss").asDouble());
    assertEquals(Pages.HOSTILE, data.at("/facts/0/value").asString());
    int sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(evaluation().count(i, j), data.at("/confusion/counts/" + i + "/" + j).asInt());
        sum += data.at("/confusion/counts/" + i + "/" + j).asInt();
      }
    }
    assertEquals(6, sum);
    assertEquals("2", data.at("/classes/rows/0/1").asString());
    assertEquals("75.00 %", data.at("/epochTable/rows/1/4").asString());
    JsonNode plain = Pages.data(TrainingPage.html(FACTS, history(false), null));
    assertTrue(plain.at("/confusion").isNull() && plain.at("/epochs/0/validationLoss").isNull());
    assertEquals("-", plain.at("/epochTable/rows/0/4").asString());
  }

  @Test
  void nothingIsAskedForAndTextStaysText() {
    Pages.assertSelfContained(TrainingPage.html(FACTS, history(true), evaluation()));
  }

  private JsonNode drawn(String page, String... options) throws IOException {
    JsonNode status = Pages.status(Pages.dom(folder, page, options));
    Pages.assertNoProblem(status);
    return status;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1600,1000", "500,900"})
  void everyChartIsDrawn(String window) throws IOException {
    JsonNode status =
        drawn(
            TrainingPage.html(FACTS, history(true), evaluation()),
            "--window-size=" + window,
            "--force-dark-mode");
    assertEquals("dark", status.path("theme").asString());
    List<Integer> marks =
        status.path("charts").findValues("marks").stream().map(JsonNode::asInt).toList();
    // Losses of both, accuracy, learning rate; nine cells.
    assertEquals(List.of(4, 2, 2, 9), marks, status.toString());
  }

  @Test
  void withoutValidationTheRestIsDrawn() throws IOException {
    JsonNode status = drawn(TrainingPage.html(FACTS, history(false), null));
    assertEquals(2, status.path("charts").size(), status.toString());
  }
}
