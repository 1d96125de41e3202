package dev.lanewise.suite.learn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.graph.Initializer;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.Shape;
import dev.lanewise.learn.layer.Initializers;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What layers are made of, and their first values. */
class LayersTest {
  private static final int INPUTS = 200;
  private static final int OUTPUTS = 300;

  @Test
  void namesAndShapes() {
    Placeholder x = Placeholder.batch("x", 4);
    Node y =
        Sequential.of(
                Layers.denseWithoutBias(3),
                Layers.batchNorm(),
                Sequential.of(Layers.relu(), Layers.dense(2)),
                Layers.layerNorm(),
                Layers.rmsNorm())
            .apply(x, "net");
    assertEquals(new Shape(Shape.BATCH, 2), y.shape());
    Session session = Session.of(y).build();
    assertEquals(
        List.of(
            "net.0.weight",
            "net.2.1.weight",
            "net.1.gamma",
            "net.1.beta",
            "net.2.1.bias",
            "net.3.gamma",
            "net.3.beta",
            "net.4.gamma",
            "net.1.running.mean",
            "net.1.running.variance"),
        List.copyOf(session.tensors().keySet()));
    assertEquals(1, session.tensors().get("net.1.gamma").get(0, 2));
    assertEquals(0, session.tensors().get("net.2.1.bias").get(0, 1));
    assertEquals(1, session.tensors().get("net.1.running.variance").get(0, 0));
  }

  private static void has(Initializer initializer, double variance, double largest) {
    FloatMatrix w = FloatMatrix.zeros(INPUTS, OUTPUTS);
    initializer.fill(w, 7, 11);
    double sum = 0;
    double squares = 0;
    double most = 0;
    for (float element : w.array()) {
      sum += element;
      squares += (double) element * element;
      most = Math.max(most, Math.abs(element));
    }
    int n = INPUTS * OUTPUTS;
    assertEquals(0, sum / n, 5 * Math.sqrt(variance / n));
    assertEquals(variance, squares / n, 0.03 * variance); // 5 deviations of 60 000 normal squares
    assertTrue(most <= largest, most + " > " + largest);
    assertTrue(most > 0.99 * largest || largest > 1, most + " of " + largest);
  }

  @Test
  void initialisationsHaveTheirVariance() {
    has(Initializers.heNormal(), 2.0 / INPUTS, 10);
    has(Initializers.heUniform(), 2.0 / INPUTS, Math.sqrt(6.0 / INPUTS));
    has(Initializers.glorotNormal(), 2.0 / (INPUTS + OUTPUTS), 10);
    has(
        Initializers.glorotUniform(),
        2.0 / (INPUTS + OUTPUTS),
        Math.sqrt(6.0 / (INPUTS + OUTPUTS)));
  }

  @Test
  void unitsAreAtLeastOne() {
    assertEquals(
        "dense: units is 0; it must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> Layers.dense(0)).getMessage());
  }
}
