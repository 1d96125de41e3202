package dev.lanewise.suite.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingRun;
import java.util.ArrayList;
import java.util.List;

/** What tests of training train: a small network, on spirals. */
final class SpiralTraining {
  static final MultilayerPerceptron LAYERS = new MultilayerPerceptron(2, List.of(24, 16), 3, 0.1);
  static final Dataset DATA = Shapes.spirals(630, 1);
  static final Dataset HELD_OUT = Shapes.spirals(300, 2);

  private SpiralTraining() {}

  static Trainer trainer(int epochs) {
    return Trainer.of(LAYERS.network(), Optimizer.adam(0.01), epochs)
        .withSeed(3)
        .withSchedule(Schedule.cosine(epochs));
  }

  /** Everything that its session keeps. */
  static float[] all(TrainingRun run) {
    List<Float> elements = new ArrayList<>();
    for (FloatMatrix tensor : run.session().tensors().values()) {
      for (int i = 0; i < tensor.rows() * tensor.columns(); i++) {
        elements.add(tensor.get(i / tensor.columns(), i % tensor.columns()));
      }
    }
    float[] all = new float[elements.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = elements.get(i);
    }
    return all;
  }
}
