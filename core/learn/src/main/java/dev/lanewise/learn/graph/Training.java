package dev.lanewise.learn.graph;

import dev.lanewise.learn.internal.Checks;

/**
 * What a training step minimises and how.
 *
 * @param cost a single number
 * @param rule moves the variables by the cost's gradient
 */
public record Training(Node cost, UpdateRule rule) {
  /**
   * Checks the cost's shape.
   *
   * @throws NullPointerException if the cost or the rule is null
   * @throws IllegalArgumentException if the cost is not one number
   */
  public Training {
    Checks.notNull("Training", "cost", cost);
    Checks.notNull("Training", "rule", rule);
    if (!cost.shape().isScalar()) {
      throw new IllegalArgumentException(
          "Training: the cost %s is %s; it must be one number".formatted(cost, cost.shape()));
    }
  }
}
