package dev.lanewise.testkit;

import dev.lanewise.testkit.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Holds a computed gradient to central differences, in double, of a double forward function.
 *
 * <pre>{@code
 * GradientCheck check = new GradientCheck("softmax backward");
 * check.vectorJacobian(x -> SoftmaxOracle.forward(m, n, x), x, d, dx, "seed=17");
 * }</pre>
 *
 * <p>D(h) = (f(x + h·e_i) - f(x - h·e_i)) / 2h with h = eps · max(1, |x_i|) is taken to be the
 * derivative; the checked value may be off by atol + rtol·|D(h)|, or by a given {@link Bound}, plus
 * an error estimate: 4/3·|D(h) - D(h/2)| + 2^-52·|f|/h, the first part where the value is not
 * within the bound without it. The estimate counts up to that bound and no further, so a gradient
 * of a smooth function that is off by more than twice the bound always fails (if D(h) is too rough
 * to judge by, a right one may fail as well; the message shows the estimate).
 *
 * <p><b>Kinks</b>, as that of ReLU at 0, are recognised by the slopes on the right and on the left:
 * for a smooth function their difference halves with the step, and central differences stay. Where
 * that is not so, by more than half the bound and 64 roundings of f, and the slopes from x - 2h to
 * x + 2h are not those of a cubic either, the point is reported as a {@link Kink}, and the checked
 * value has to lie within the range of those slopes, widened by the bound. For a smooth function
 * that range is of order h, so that a wrong suspicion excuses nothing. Slopes of a single element
 * that rise and fall again are no kink: the function jumps, or is not computed in double, and the
 * check fails. A NaN or an infinity within reach of a step fails too.
 *
 * <p><b>Random directions</b> ({@link #directions}) take the place of the single elements, as in
 * PyTorch's {@code fast_mode}: along v with v_i = ±max(1, |x_i|)/√n, for r outputs u with u_j = ±1,
 * the derivative is a sum of the elements weighted by w = u_j·v_i. By Hoeffding's inequality errors
 * within bounds b_i, taken from the checked values, exceed 8·‖w·b‖ with a probability below 2^-45,
 * and never Σ|w_i|·b_i: the lesser is the bound. A single wrong element shows where its error is
 * beyond about 8·√n times the others' bound.
 *
 * <p>An instance is set up once and remembers what it has seen, as {@link Accuracy} does; it is not
 * thread-safe. The functions are called with one array that changes between calls and is as it was
 * afterwards; they must not keep it.
 *
 * <p>Source of names and defaults: PyTorch, {@code torch.autograd.gradcheck}.
 */
public final class GradientCheck {
  /**
   * A place where the function is not smooth.
   *
   * @param index the index of the checked value, or the number of the random direction
   * @param left the slope on the left
   * @param right the slope on the right
   * @param actual the checked value
   */
  public record Kink(int index, double left, double right, double actual) {}

  /** What one check has seen. */
  public static final class Report {
    private final int derivatives;
    private final double worstShare;
    private final Object worst;
    private final List<Kink> kinks;

    Report(int derivatives, double worstShare, Object worst, List<Kink> kinks) {
      this.derivatives = derivatives;
      this.worstShare = worstShare;
      this.worst = worst;
      this.kinks = List.copyOf(kinks);
    }

    /**
     * How many derivatives were checked.
     *
     * @return at least 0
     */
    public int derivatives() {
      return derivatives;
    }

    /**
     * The largest distance / bound.
     *
     * @return the share, at most 1
     */
    public double worstShare() {
      return worstShare;
    }

    /**
     * The worst of the derivatives in words.
     *
     * @return its place, values and bound; {@code "none"} if there was none
     */
    public String worst() {
      return worst == null ? "none" : worst.toString();
    }

    /**
     * Where the function is not smooth.
     *
     * @return in order of index
     */
    public List<Kink> kinks() {
      return kinks;
    }

    /** One line: the number of derivatives, the kinks and the worst. */
    @Override
    public String toString() {
      String bends = kinks.isEmpty() ? "" : ", " + kinks.size() + " at kinks " + kinks;
      return derivatives + " derivatives" + bends + ", the worst at " + worst();
    }
  }

  private static final double[] ONE = {1};

  private final String name;
  private final Accuracy seen;
  private double eps = 1e-6;
  private double atol = 1e-5;
  private double rtol = 1e-3;
  private Bound bound;
  private long seed;
  private int directions;

  private long derivatives;
  private long kinks;
  private double worstShare;
  private Object worst = "none";

  /**
   * Every element, with eps = 1e-6, atol = 1e-5 and rtol = 1e-3.
   *
   * @param name what is checked, such as {@code "softmax backward"}; every message begins with it
   */
  public GradientCheck(String name) {
    this(name, new Accuracy(name));
  }

  /**
   * As {@link #GradientCheck(String)}, for checks that are part of others: the accuracy remembers
   * their worst derivative too.
   *
   * @param seen what remembers it, and whose name every message begins with
   */
  public GradientCheck(Accuracy seen) {
    this(Checks.notNull("GradientCheck", "seen", seen).name(), seen);
  }

  private GradientCheck(String name, Accuracy seen) {
    this.name = name;
    this.seen = seen;
  }

  /**
   * Sets the step.
   *
   * @param step the step relative to max(1, |x_i|), positive; 1e-6 if not set
   * @return this
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public GradientCheck eps(double step) {
    if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": eps is " + step + ", not positive");
    }
    eps = step;
    return this;
  }

  /**
   * Sets the absolute part of the bound atol + rtol·|D(h)|, which replaces a given one.
   *
   * @param absolute the absolute error that is admitted; 1e-5 if not set
   * @return this
   */
  public GradientCheck atol(double absolute) {
    atol = absolute;
    bound = null;
    return this;
  }

  /**
   * Sets the relative part of the bound atol + rtol·|D(h)|, which replaces a given one.
   *
   * @param relative the relative error that is admitted; 1e-3 if not set
   * @return this
   */
  public GradientCheck rtol(double relative) {
    rtol = relative;
    bound = null;
    return this;
  }

  /**
   * Replaces atol and rtol in the checks that follow.
   *
   * @param errors the largest error of each checked value, where the expected one is D(h)
   * @return this
   */
  public GradientCheck within(Bound errors) {
    bound = Checks.notNull(name, "errors", errors);
    return this;
  }

  /**
   * Sets what random directions are drawn from.
   *
   * @param value any value; 0 if not set
   * @return this
   */
  public GradientCheck seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Checks along random directions instead of every element.
   *
   * @param count how many, or 0 for every element
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public GradientCheck directions(int count) {
    directions = Checks.atLeast(name, "directions", count, 0);
    return this;
  }

  /**
   * Checks the gradient of a scalar function.
   *
   * @param f the function
   * @param x where
   * @param actual ∂f/∂x_i for each i, as computed
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @return what was seen
   * @throws AssertionError if a value is beyond its bound, or the function is not finite
   * @throws IllegalArgumentException if lengths differ
   */
  public Report gradient(
      ToDoubleFunction<double[]> f, double[] x, double[] actual, String context) {
    Checks.notNull(name, "f", f);
    return vectorJacobian(p -> new double[] {f.applyAsDouble(p)}, x, ONE, actual, context);
  }

  /**
   * Checks the gradient of a scalar function.
   *
   * @param f the function
   * @param x where
   * @param actual ∂f/∂x_i for each i, as computed
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @return what was seen
   * @throws AssertionError if a value is beyond its bound, or the function is not finite
   * @throws IllegalArgumentException if lengths differ
   */
  public Report gradient(ToDoubleFunction<double[]> f, double[] x, float[] actual, String context) {
    return gradient(f, x, Elements.widen(Checks.notNull(name, "actual", actual)), context);
  }

  /**
   * Checks the gradient of Σ_j d_j·f_j, which is what a backward pass makes of d.
   *
   * @param f the function
   * @param x where
   * @param d the gradient with respect to f(x)
   * @param actual Σ_j d_j·∂f_j/∂x_i for each i, as computed
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @return what was seen
   * @throws AssertionError if a value is beyond its bound, or the function is not finite
   * @throws IllegalArgumentException if lengths differ
   */
  public Report vectorJacobian(
      UnaryOperator<double[]> f, double[] x, double[] d, double[] actual, String context) {
    return check(f, x, Checks.notNull(name, "d", d), actual, context);
  }

  /**
   * Checks the gradient of Σ_j d_j·f_j, which is what a backward pass makes of d.
   *
   * @param f the function
   * @param x where
   * @param d the gradient with respect to f(x)
   * @param actual Σ_j d_j·∂f_j/∂x_i for each i, as computed
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @return what was seen
   * @throws AssertionError if a value is beyond its bound, or the function is not finite
   * @throws IllegalArgumentException if lengths differ
   */
  public Report vectorJacobian(
      UnaryOperator<double[]> f, double[] x, double[] d, float[] actual, String context) {
    return vectorJacobian(f, x, d, Elements.widen(Checks.notNull(name, "actual", actual)), context);
  }

  /**
   * Checks a whole Jacobian.
   *
   * @param f the function
   * @param x where
   * @param actual ∂f_j/∂x_i at j · x.length + i, a row for each output, as computed
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @return what was seen
   * @throws AssertionError if a value is beyond its bound, or the function is not finite
   * @throws IllegalArgumentException if lengths differ
   */
  public Report jacobian(UnaryOperator<double[]> f, double[] x, double[] actual, String context) {
    return check(f, x, null, actual, context);
  }

  private Report check(
      UnaryOperator<double[]> f, double[] x, double[] d, double[] actual, String context) {
    Checks.notNull(name, "f", f);
    Checks.notNull(name, "x", x);
    Checks.notNull(name, "actual", actual);
    Checks.notNull(name, "context", context);
    Bound errors = bound == null ? Bound.relative(rtol).plus(Bound.absolute(atol)) : bound;
    errors.requireLength(actual.length);
    Comparison comparison = new Comparison(name, context, errors, actual.length);
    double[] point = x.clone();
    double[] centre = comparison.evaluate(f, point, () -> "at x");
    int rows = d == null ? centre.length : 1;
    require("actual values", actual.length, (long) rows * x.length);
    require("elements of d", d == null ? rows : d.length, centre.length);
    if (directions == 0) {
      for (int i = 0; i < x.length; i++) {
        double h = eps * Math.max(1, Math.abs(x[i]));
        Slopes slopes = new Slopes(comparison, f, point, centre, i, ONE, h);
        for (int j = 0; j < rows; j++) {
          comparison.element(slopes, j, d, i, x.length, actual[j * x.length + i]);
        }
      }
    } else if (x.length > 0) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int k = 0; k < directions; k++) {
        double[] v = new double[x.length];
        for (int i = 0; i < v.length; i++) {
          v[i] = sign(random) * Math.max(1, Math.abs(x[i])) / Math.sqrt(v.length);
        }
        double[] u = new double[rows];
        Arrays.setAll(u, j -> d == null ? sign(random) : 1);
        Slopes slopes = new Slopes(comparison, f, point, centre, 0, v, eps);
        comparison.direction(slopes, k, d == null ? u : d, u, v, actual);
      }
    }
    Report report = comparison.report();
    derivatives += report.derivatives;
    kinks += report.kinks.size();
    if (report.worstShare >= worstShare && report.derivatives > 0) {
      worstShare = report.worstShare;
      worst = report.worst;
    }
    seen.include(report.derivatives, report.worstShare, report.worst);
    comparison.requireNoneBeyond(
        directions == 0 ? "" : "; directions=" + directions + " seed=" + seed);
    return report;
  }

  private static int sign(SplittableRandom random) {
    return random.nextBoolean() ? 1 : -1;
  }

  private void require(String what, int given, long expected) {
    if (given != expected) {
      throw new IllegalArgumentException(
          name + ": " + given + " " + what + ", expected " + expected);
    }
  }

  /**
   * The number of kinks in all checks so far.
   *
   * @return at least 0
   */
  public long kinks() {
    return kinks;
  }

  /**
   * The largest distance / bound in all checks so far.
   *
   * @return the share; at most 1 unless a check has failed
   */
  public double worstShare() {
    return worstShare;
  }

  /** One line: the name, the numbers of derivatives and of kinks, and the worst derivative. */
  @Override
  public String toString() {
    return name
        + ": "
        + derivatives
        + " derivatives"
        + (kinks == 0 ? "" : ", " + kinks + " at kinks")
        + ", the worst at "
        + worst;
  }
}
