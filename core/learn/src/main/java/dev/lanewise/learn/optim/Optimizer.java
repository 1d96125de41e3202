package dev.lanewise.learn.optim;

import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Training;
import dev.lanewise.learn.graph.UpdateRule;
import dev.lanewise.learn.graph.VariableArrays;
import dev.lanewise.learn.graph.VariableArrays.Part;
import dev.lanewise.learn.internal.Checks;
import java.util.Locale;

/**
 * How training moves variables: the rules of {@link Update}, whose Javadoc has formulas,
 * conventions and sources, each in one pass over all variables.
 *
 * <p>Conventions: momentum sums gradients (v ← beta·v + g) and does not average them; eps is added
 * outside the root; Adam corrects the bias of both moments, RMSprop none; AdamW's decay is
 * decoupled and multiplied by the learning rate.
 */
public final class Optimizer implements UpdateRule {
  /** The weight of the old velocity in momentum, by default. */
  public static final double MOMENTUM = 0.9;

  /** The weight of the old mean of squares in RMSprop, by default. */
  public static final double RHO = 0.9;

  /** The weight of Adam's old first moment, by default. */
  public static final double BETA1 = 0.9;

  /** The weight of Adam's old second moment, by default. */
  public static final double BETA2 = 0.999;

  /** What keeps divisors from 0, by default. */
  public static final double EPS = 1e-8;

  /** One pass over the variables. */
  @FunctionalInterface
  private interface Pass {
    void run(VariableArrays variables, long step, double rate, Workers workers);
  }

  private final String name;
  private final double rate;
  private final int states;
  private final Pass pass;
  private final double largestNorm;

  private Optimizer(String name, double rate, int states, Pass pass, double largestNorm) {
    this.name = name;
    this.rate = rate;
    this.states = states;
    this.pass = pass;
    this.largestNorm = largestNorm;
  }

  private static Optimizer of(String rule, int states, Pass pass, double rate, double... others) {
    Checks.finiteNotNegative(rule, "learning rate", rate);
    StringBuilder name = new StringBuilder(rule).append('(').append(rate);
    for (double other : others) {
      name.append(", ").append(other);
    }
    return new Optimizer(name.append(')').toString(), rate, states, pass, Double.POSITIVE_INFINITY);
  }

  /**
   * Gradient descent.
   *
   * @param rate the learning rate
   * @return the optimizer
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Optimizer gradientDescent(double rate) {
    return of(
        "gradientDescent",
        0,
        (v, step, r, workers) ->
            Update.gradientDescent(v.all().values(), v.all().gradient(), (float) r, workers),
        rate);
  }

  /**
   * Momentum, beta = 0.9.
   *
   * @param rate the learning rate
   * @return the optimizer
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Optimizer momentum(double rate) {
    return momentum(rate, MOMENTUM);
  }

  /**
   * Momentum.
   *
   * @param rate the learning rate
   * @param beta the weight of the old velocity
   * @return the optimizer
   * @throws IllegalArgumentException if the rate is negative or not finite, or beta is not at least
   *     0 and, as a float, below 1
   */
  public static Optimizer momentum(double rate, double beta) {
    Checks.belowOne("momentum", "beta", beta);
    return of(
        "momentum",
        1,
        (v, step, r, workers) ->
            Update.momentum(
                v.all().values(), v.all().gradient(), v.all().states().get(0), r, beta, workers),
        rate,
        beta);
  }

  /**
   * Nesterov's momentum, beta = 0.9.
   *
   * @param rate the learning rate
   * @return the optimizer
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Optimizer nesterov(double rate) {
    return nesterov(rate, MOMENTUM);
  }

  /**
   * Nesterov's momentum.
   *
   * @param rate the learning rate
   * @param beta the weight of the old velocity
   * @return the optimizer
   * @throws IllegalArgumentException if the rate is negative or not finite, or beta is not at least
   *     0 and, as a float, below 1
   */
  public static Optimizer nesterov(double rate, double beta) {
    Checks.belowOne("nesterov", "beta", beta);
    return of(
        "nesterov",
        1,
        (v, step, r, workers) ->
            Update.nesterov(
                v.all().values(), v.all().gradient(), v.all().states().get(0), r, beta, workers),
        rate,
        beta);
  }

  /**
   * RMSprop, rho = 0.9, eps = 1e-8.
   *
   * @param rate the learning rate
   * @return the optimizer
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Optimizer rmsProp(double rate) {
    return rmsProp(rate, RHO, EPS);
  }

  /**
   * RMSprop.
   *
   * @param rate the learning rate
   * @param rho the weight of the old mean of squares
   * @param eps what keeps the divisor from 0
   * @return the optimizer
   * @throws IllegalArgumentException if the rate or eps is negative or not finite, or rho is not at
   *     least 0 and, as a float, below 1
   */
  public static Optimizer rmsProp(double rate, double rho, double eps) {
    Checks.belowOne("rmsProp", "rho", rho);
    Checks.finiteNotNegative("rmsProp", "eps", eps);
    return of(
        "rmsProp",
        1,
        (v, step, r, workers) ->
            Update.rmsProp(
                v.all().values(),
                v.all().gradient(),
                v.all().states().get(0),
                r,
                rho,
                eps,
                workers),
        rate,
        rho,
        eps);
  }

  /**
   * Adam, beta1 = 0.9, beta2 = 0.999, eps = 1e-8.
   *
   * @param rate the learning rate
   * @return the optimizer
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Optimizer adam(double rate) {
    return adam(rate, BETA1, BETA2, EPS);
  }

  /**
   * Adam.
   *
   * @param rate the learning rate
   * @param beta1 the weight of the old first moment
   * @param beta2 the weight of the old second moment
   * @param eps what keeps the divisor from 0
   * @return the optimizer
   * @throws IllegalArgumentException if the rate or eps is negative or not finite, or a beta is not
   *     at least 0 and, as a float, below 1
   */
  public static Optimizer adam(double rate, double beta1, double beta2, double eps) {
    checkAdam("adam", beta1, beta2, eps);
    return of(
        "adam",
        2,
        (v, step, r, workers) -> adam(v.all(), step, r, beta1, beta2, eps, 0, workers),
        rate,
        beta1,
        beta2,
        eps);
  }

  /**
   * AdamW with Adam's defaults: decays the weights of layers, not biases, gamma and beta.
   *
   * @param rate the learning rate
   * @param decay the weight decay, such as 0.01
   * @return the optimizer
   * @throws IllegalArgumentException if the rate or the decay is negative or not finite
   */
  public static Optimizer adamW(double rate, double decay) {
    return adamW(rate, BETA1, BETA2, EPS, decay);
  }

  /**
   * AdamW: decays the weights of layers, not biases, gamma and beta.
   *
   * @param rate the learning rate
   * @param beta1 the weight of the old first moment
   * @param beta2 the weight of the old second moment
   * @param eps what keeps the divisor from 0
   * @param decay the weight decay
   * @return the optimizer
   * @throws IllegalArgumentException if the rate, eps or the decay is negative or not finite, or a
   *     beta is not at least 0 and, as a float, below 1
   */
  public static Optimizer adamW(double rate, double beta1, double beta2, double eps, double decay) {
    checkAdam("adamW", beta1, beta2, eps);
    Checks.finiteNotNegative("adamW", "decay", decay);
    Pass pass =
        (v, step, r, workers) -> {
          adam(v.decayed(), step, r, beta1, beta2, eps, decay, workers);
          adam(v.others(), step, r, beta1, beta2, eps, 0, workers);
        };
    return of("adamW", 2, pass, rate, beta1, beta2, eps, decay);
  }

  private static void checkAdam(String rule, double beta1, double beta2, double eps) {
    Checks.belowOne(rule, "beta1", beta1);
    Checks.belowOne(rule, "beta2", beta2);
    Checks.finiteNotNegative(rule, "eps", eps);
  }

  private static void adam(
      Part part,
      long step,
      double rate,
      double beta1,
      double beta2,
      double eps,
      double decay,
      Workers workers) {
    Update.adamW(
        part.values(),
        part.gradient(),
        part.states().get(0),
        part.states().get(1),
        step,
        rate,
        beta1,
        beta2,
        eps,
        decay,
        workers);
  }

  /**
   * This optimizer on gradients that are scaled down to a norm where theirs, over all variables, is
   * larger.
   *
   * <p>A step whose norm is NaN, or so large that its square is no float, throws an
   * ArithmeticException and changes no variable.
   *
   * @param norm the largest Euclidean norm, above 0
   * @return the optimizer
   * @throws IllegalArgumentException if the norm is not finite and above 0
   */
  public Optimizer clippedTo(double norm) {
    Checks.finitePositive("clipping", "norm", norm);
    return new Optimizer(
        String.format(Locale.ROOT, "%s.clippedTo(%s)", name, norm), rate, states, pass, norm);
  }

  /**
   * A training step that lowers a cost.
   *
   * @param cost one number
   * @return the training, for a session
   * @throws IllegalArgumentException if the cost is not one number
   */
  public Training minimize(Node cost) {
    return new Training(Checks.notNull("Optimizer", "cost", cost), this);
  }

  @Override
  public int states() {
    return states;
  }

  @Override
  public void apply(VariableArrays variables, long step, double rateFactor, Workers workers) {
    Checks.notNull("Optimizer", "variables", variables);
    if (largestNorm < Double.POSITIVE_INFINITY) {
      double norm = variables.gradientNorm(workers);
      if (!Double.isFinite(norm)) {
        throw new ArithmeticException(
            "the gradient's norm is %s; a smaller learning rate may help".formatted(norm));
      }
      if (norm > largestNorm) {
        variables.scaleGradient(largestNorm / norm, workers);
      }
    }
    pass.run(variables, step, rate * rateFactor, workers);
  }

  /** The rule and its figures. */
  @Override
  public String toString() {
    return name;
  }
}
