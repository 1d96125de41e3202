package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongFunction;

/**
 * A rule by which parameters p follow their gradients g, element by element. Step t, counted from
 * 1, first takes each of the rule's states one step on and then moves the parameters by the new
 * states.
 *
 * <p>The two are separate functions, so that each can be checked from the state that an
 * implementation has actually reached. States begin at 0.
 *
 * <p>The figures of a rule must be finite and at least 0; others are an {@link
 * IllegalArgumentException}.
 */
public final class OptimizerOracle {
  private static final String NAME = "OptimizerOracle";

  /** One parameter, one step on; of the states those that the rule has count. */
  @FunctionalInterface
  private interface Move {
    double of(double p, double g, double first, double second);
  }

  private final String name;
  private final LongFunction<Move> moves;
  private final DoubleBinaryOperator[] next;

  /**
   * A rule.
   *
   * @param moves what moves parameters in step t
   * @param next one element of each state, one step on, from the state and g
   */
  private OptimizerOracle(String name, LongFunction<Move> moves, DoubleBinaryOperator... next) {
    this.name = name;
    this.moves = moves;
    this.next = next;
  }

  /** The rule and its figures, each of them finite and at least 0. */
  private static String name(String rule, double... figures) {
    StringBuilder name = new StringBuilder(rule);
    for (int i = 0; i < figures.length; i++) {
      name.append(String.format(Locale.ROOT, "%s%s", i == 0 ? "(" : ", ", figures[i]));
    }
    name.append(')');
    for (double figure : figures) {
      if (!(figure >= 0 && figure <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            NAME + ": " + name + "; each figure must be finite and at least 0");
      }
    }
    return name.toString();
  }

  /**
   * p ← p - rate · g. No state.
   *
   * @param rate the learning rate
   * @return the rule
   */
  public static OptimizerOracle gradientDescent(double rate) {
    return new OptimizerOracle(
        name("gradientDescent", rate), t -> (p, g, first, second) -> p - rate * g);
  }

  /**
   * v ← beta · v + g; p ← p - rate · v. One state, v.
   *
   * <p>Source: B. Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
   *
   * @param rate the learning rate
   * @param beta the weight of the old v
   * @return the rule
   */
  public static OptimizerOracle momentum(double rate, double beta) {
    return new OptimizerOracle(
        name("momentum", rate, beta),
        t -> (p, g, v, unused) -> p - rate * v,
        (v, g) -> beta * v + g);
  }

  /**
   * v ← beta · v + (1 - beta) · g; p ← p - rate · v. One state, v: an average of the gradients,
   * where {@link #momentum} has a sum.
   *
   * @param rate the learning rate
   * @param beta the weight of the old v
   * @return the rule
   */
  public static OptimizerOracle momentumAveraged(double rate, double beta) {
    return new OptimizerOracle(
        name("momentumAveraged", rate, beta),
        t -> (p, g, v, unused) -> p - rate * v,
        average(beta));
  }

  /**
   * v ← beta · v + g; p ← p - rate · (g + beta · v). One state, v.
   *
   * <p>Source: I. Sutskever, J. Martens, G. Dahl and G. Hinton, On the importance of initialization
   * and momentum in deep learning, ICML 2013, with the parameters at the point looked ahead to.
   *
   * @param rate the learning rate
   * @param beta the weight of the old v
   * @return the rule
   */
  public static OptimizerOracle nesterov(double rate, double beta) {
    return new OptimizerOracle(
        name("nesterov", rate, beta),
        t -> (p, g, v, unused) -> p - rate * (g + beta * v),
        (v, g) -> beta * v + g);
  }

  /**
   * s ← rho · s + (1 - rho) · g²; p ← p - rate · g / (sqrt(s) + eps). One state, s; eps is outside
   * the root.
   *
   * <p>Source: T. Tieleman and G. Hinton, Lecture 6.5, rmsprop, 2012.
   *
   * @param rate the learning rate
   * @param rho the weight of the old s
   * @param eps what is added to the root
   * @return the rule
   */
  public static OptimizerOracle rmsProp(double rate, double rho, double eps) {
    return new OptimizerOracle(
        name("rmsProp", rate, rho, eps),
        t -> (p, g, s, unused) -> p - rate * g / (Math.sqrt(s) + eps),
        averageOfSquares(rho));
  }

  /**
   * m ← beta1 · m + (1 - beta1) · g; v ← beta2 · v + (1 - beta2) · g²; p ← p - rate · mhat /
   * (sqrt(vhat) + eps) with mhat = m / (1 - beta1^t) and vhat = v / (1 - beta2^t). Two states, m
   * and v; eps is outside the root.
   *
   * <p>Source: D. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015.
   *
   * @param rate the learning rate
   * @param beta1 the weight of the old m
   * @param beta2 the weight of the old v
   * @param eps what is added to the root
   * @return the rule
   */
  public static OptimizerOracle adam(double rate, double beta1, double beta2, double eps) {
    return new OptimizerOracle(
        name("adam", rate, beta1, beta2, eps),
        t -> adamMove(t, rate, beta1, beta2, eps, 0),
        average(beta1),
        averageOfSquares(beta2));
  }

  /**
   * Adam with p ← p - rate · (mhat / (sqrt(vhat) + eps) + decay · p): the decay takes no part in
   * the moments.
   *
   * <p>Source: I. Loshchilov and F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019.
   *
   * @param rate the learning rate
   * @param beta1 the weight of the old m
   * @param beta2 the weight of the old v
   * @param eps what is added to the root
   * @param decay the weight decay
   * @return the rule
   */
  public static OptimizerOracle adamW(
      double rate, double beta1, double beta2, double eps, double decay) {
    return new OptimizerOracle(
        name("adamW", rate, beta1, beta2, eps, decay),
        t -> adamMove(t, rate, beta1, beta2, eps, decay),
        average(beta1),
        averageOfSquares(beta2));
  }

  private static DoubleBinaryOperator average(double beta) {
    return (state, g) -> beta * state + (1 - beta) * g;
  }

  private static DoubleBinaryOperator averageOfSquares(double beta) {
    return (state, g) -> beta * state + (1 - beta) * g * g;
  }

  private static Move adamMove(
      long t, double rate, double beta1, double beta2, double eps, double decay) {
    double correction1 = 1 - StrictMath.pow(beta1, t);
    double correction2 = 1 - StrictMath.pow(beta2, t);
    return (p, g, m, v) -> {
      double adam = m / correction1 / (Math.sqrt(v / correction2) + eps);
      return p - rate * (decay == 0 ? adam : adam + decay * p);
    };
  }

  /**
   * How many states the rule has, each of one number for each parameter.
   *
   * @return from 0 to 2
   */
  public int states() {
    return next.length;
  }

  /**
   * The states that step t leaves.
   *
   * @param t the number of this step, from 1
   * @param states the states before it
   * @param p the parameters before it
   * @param g the gradients
   * @return the new states
   * @throws IllegalArgumentException if t is not positive or lengths differ
   */
  public double[][] nextStates(long t, double[][] states, double[] p, double[] g) {
    require(t, states, p, g);
    double[][] result = new double[next.length][p.length];
    for (int k = 0; k < next.length; k++) {
      for (int i = 0; i < p.length; i++) {
        result[k][i] = next[k].applyAsDouble(states[k][i], g[i]);
      }
    }
    return result;
  }

  /**
   * The parameters that step t leaves.
   *
   * @param t the number of this step, from 1
   * @param p the parameters before it
   * @param g the gradients
   * @param newStates the states that it leaves
   * @return the new parameters
   * @throws IllegalArgumentException if t is not positive or lengths differ
   */
  public double[] step(long t, double[] p, double[] g, double[][] newStates) {
    require(t, newStates, p, g);
    Move move = moves.apply(t);
    double[] result = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      double first = next.length > 0 ? newStates[0][i] : 0;
      double second = next.length > 1 ? newStates[1][i] : 0;
      result[i] = move.of(p[i], g[i], first, second);
    }
    return result;
  }

  private void require(long t, double[][] states, double[] p, double[] g) {
    if (t < 1) {
      throw new IllegalArgumentException(NAME + ": step " + t + "; the first is 1");
    }
    Checks.notNull(NAME, "states", states);
    Checks.notNull(NAME, "p", p);
    if (states.length != next.length) {
      throw new IllegalArgumentException(
          NAME + ": " + states.length + " states for " + this + ", which has " + next.length);
    }
    Extents.require(NAME, "g", g, p.length);
    for (double[] state : states) {
      Extents.require(NAME, "a state", state, p.length);
    }
  }

  /** The rule and its figures, such as {@code momentum(0.1, 0.9)}. */
  @Override
  public String toString() {
    return name;
  }
}
