package dev.lanewise.learn.graph;

import java.util.Objects;

/**
 * What a training step minimises and how.
 *
 * @param cost a single number
 * @param rule moves the variables by the cost's gradient
 */
public record Training(Node cost, UpdateRule rule) {
  /** Checks the cost's shape. */
  public Training {
    Objects.requireNonNull(cost, "cost");
    Objects.requireNonNull(rule, "rule");
    if (!cost.shape().isScalar()) {
      throw new IllegalArgumentException(
          "Training: the cost %s is %s; it must be one number".formatted(cost, cost.shape()));
    }
  }
}
