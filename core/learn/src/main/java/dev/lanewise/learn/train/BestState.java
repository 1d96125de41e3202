package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.graph.Session;
import java.util.LinkedHashMap;
import java.util.Map;

/** The session's tensors after the epoch whose validation loss was least. */
final class BestState {
  private final EarlyStopping rule;
  private final Map<String, FloatMatrix> current;
  private final Map<String, FloatMatrix> best = new LinkedHashMap<>();
  private double loss = Double.POSITIVE_INFINITY;
  private int epoch;

  BestState(EarlyStopping rule, Session session) {
    this.rule = rule;
    current = session.tensors();
    current.forEach(
        (name, tensor) -> best.put(name, FloatMatrix.zeros(tensor.rows(), tensor.columns())));
  }

  /** Notes an epoch; whether patience has come to its end. */
  boolean isOver(History.Epoch latest) {
    boolean isLess = latest.validationLoss() < loss - rule.leastFall();
    if (isLess || epoch == 0) {
      loss = isLess ? latest.validationLoss() : loss;
      epoch = latest.number();
      current.forEach((name, tensor) -> Tensors.copy(tensor, best.get(name)));
    }
    return latest.number() - epoch >= rule.patience();
  }

  /** Puts the session back to that epoch. */
  void restore() {
    best.forEach((name, tensor) -> Tensors.copy(tensor, current.get(name)));
  }

  Map<String, FloatMatrix> tensors() {
    return best;
  }

  double loss() {
    return loss;
  }

  int epoch() {
    return epoch;
  }

  void resume(double leastLoss, int bestEpoch) {
    loss = leastLoss;
    epoch = bestEpoch;
  }
}
