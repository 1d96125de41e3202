package dev.lanewise.suite.learn.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Constant;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.RunningStatistics;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.Training;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.layer.Initializers;
import dev.lanewise.learn.optim.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Nodes, sessions and runs that cannot be. */
class SessionRefusalTest {
  private static final Placeholder X = Placeholder.batch("x", 3);
  private static final ClassLabels Y = ClassLabels.of("y");

  private static void refused(Executable call, String words) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void shapesThatDoNotFit() {
    Variable w = Variable.weights("w", 4, 2, Initializers.heNormal());
    refused(
        () -> X.matmul(w),
        "matmul: x is batch×3 and w is 4×2; the first's columns must equal the second's rows");
    refused(
        () -> X.plus(w), "plus: x is batch×3 and w is 4×2; rows and columns must be equal or 1");
    refused(() -> X.columns(2, 4), "columns: x is batch×3; there are no columns 2 to 4");
    refused(
        () -> X.relu().layerNorm(w, w, 0),
        "layerNorm: relu(x) is batch×3 and w is 4×2; the second");
    refused(() -> w.crossEntropy(Y), "crossEntropy: w is 4×2; logits against labels");
    refused(() -> Optimizer.adam(1).minimize(w), "the cost w is 4×2; it must be one number");
    refused(() -> Placeholder.batch("x", 0), "columns is 0; it must be at least 1");
    refused(() -> X.layerNorm(X.columnMeans(), X.columnMeans(), -1), "layerNorm: eps is -1.0");
    refused(() -> X.rmsNorm(X.columnMeans(), Double.NaN), "rmsNorm: eps is NaN");
    refused(() -> X.dropout(1), "dropout: rate is 1.0");
    refused(() -> Variable.scalar(" ", 1), "name is blank");
    RunningStatistics two = RunningStatistics.of("two", 2, RunningAverage.KERAS);
    Variable row = Variable.of("row", 1, 3, Initializers.constant(1));
    refused(() -> X.batchNorm(row, row, two, 0), "running statistics two have 2 features");
    refused(() -> X.batchNorm(row, row, two, -1), "two have 2 features");
  }

  @Test
  void sessionsThatCannotBe() {
    Variable w = Variable.scalar("w", 1);
    Variable too = Variable.scalar("w", 2);
    refused(() -> Session.of(w.plus(too)).build(), "two variables are named w");
    Placeholder other = Placeholder.batch("x", 1);
    refused(() -> Session.of(X, other).build(), "two placeholders are named x");
    refused(() -> Session.of(), "no nodes to run");
    refused(() -> Session.of(w).capacity(0), "capacity is 0");
    refused(() -> Session.of(w).shards(-1), "shards is -1");
    Node targets = Constant.of(1).times(w);
    Training training = Optimizer.adam(1).minimize(w.binaryCrossEntropy(targets));
    refused(() -> Session.of(training).build(), "the targets times(1.0, w) of binaryCrossEntropy");
    Training fixed = Optimizer.adam(1).minimize(X.mean());
    refused(() -> Session.of(fixed).outputs(w).build(), "the cost mean(x) depends on no variable");
    refused(() -> Session.of(w).capacity(Integer.MAX_VALUE), "capacity is 2147483647");
    Node wide = X.matmul(Variable.weights("wide", 3, 1 << 12, Initializers.constant(1)));
    refused(
        () -> Session.of(wide).capacity(1 << 20).build(),
        "with a capacity of 1048576 matmul(x, wide) has 4294967296 elements");
    Variable mean = Variable.of("h.mean", 1, 3, Initializers.constant(1));
    RunningStatistics running = RunningStatistics.of("h", 3, RunningAverage.KERAS);
    Node norm = X.batchNorm(mean, mean, running, 0);
    refused(() -> Session.of(norm).build(), "two tensors would be named h.mean");
  }

  @Test
  void runsThatCannotBe() {
    Variable w = Variable.weights("w", 3, 2, Initializers.heNormal());
    Node logits = X.matmul(w);
    Session session =
        Session.of(Optimizer.adam(0.1).minimize(logits.crossEntropy(Y)))
            .outputs(logits)
            .capacity(4)
            .build();
    refused(session::step, "x has not been fed");
    session.feed(X, FloatMatrix.zeros(4, 3));
    refused(session::step, "y has not been fed");
    session.feed(Y, Labels.of(0, 1, 1));
    refused(session::step, "x has 4 samples but y has 3");
    refused(() -> session.feed(X, FloatMatrix.zeros(5, 3)), "5 samples for x; its capacity is 4");
    refused(() -> session.feed(X, FloatMatrix.zeros(4, 2)), "2 columns for x, which has 3");
    refused(() -> session.input(Y, 0), "0 samples for y");
    refused(() -> session.run(Mode.INFERENCE, X.relu()), "relu(x) is not among its outputs");
    refused(() -> session.feed(Placeholder.batch("z", 3), FloatMatrix.zeros(1, 3)), "depends on z");
    refused(() -> session.step(Double.NaN), "rate factor is NaN");
    refused(() -> session.value(Variable.scalar("v", 1)), "v is no variable of it");
    refused(() -> session.resumeAt(-1), "steps is negative: -1");
    session.feed(Y, Labels.of(0, 1, 1, 2));
    float[] before = session.variables().array().clone();
    refused(session::step, "label");
    assertArrayEquals(before, session.variables().array());
    assertEquals(0, session.steps());
    Session inference = Session.of(logits).capacity(4).build();
    refused(inference::step, "nothing to train");
    refused(() -> inference.gradient(w), "nothing to train");
  }
}
