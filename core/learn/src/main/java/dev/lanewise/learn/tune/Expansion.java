package dev.lanewise.learn.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * y ≈ c + Σ f_i(x_i) + Σ f_ij(x_i, x_j), a sparse polynomial chaos expansion.
 *
 * <p>Its candidates are {@link Basis functions} of a parameter and products of those of two. Of
 * these, orthogonal least squares takes one after the other, always that by which the extended
 * information criterion gains the most, until it gains no more.
 */
final class Expansion {
  /** Points of the space that variances are taken over. */
  private static final int POINTS = 1024;

  /** The highest degree that a product has in a parameter. */
  private static final int DEGREE_OF_PRODUCTS = 2;

  /** Choices among more have no products: few trials would stand behind each. */
  private static final int MOST_CHOICES_OF_PRODUCTS = 8;

  /** At least so many trials stand behind a term. */
  private static final int TRIALS_PER_TERM = 4;

  /** What is left by rounding. */
  private static final double ROUNDING = 1e-12;

  private final int trials;
  private final List<Term> candidates = new ArrayList<>();
  private final List<Term> taken = new ArrayList<>();
  private final List<Double> steps = new ArrayList<>();
  private final double[] left;

  private Expansion(Space space, List<Assignment> assignments, double[] values) {
    trials = values.length;
    left = Term.centred(values);
    List<Assignment> points =
        IntStream.range(0, POINTS).mapToObj(i -> space.at(Draws.point(space, 0, i))).toList();
    List<Basis> bases =
        IntStream.range(0, space.parameters().size())
            .boxed()
            .flatMap(i -> Basis.of(space, i, assignments, points).stream())
            .toList();
    bases.forEach(basis -> candidates.add(Term.of(basis, price(bases.size()))));
    List<Basis> factors = bases.stream().filter(basis -> isFactor(space, basis)).toList();
    List<Basis[]> pairs =
        factors.stream()
            .flatMap(
                a ->
                    factors.stream()
                        .filter(b -> a.parameter() < b.parameter())
                        .map(b -> new Basis[] {a, b}))
            .toList();
    pairs.forEach(pair -> candidates.add(Term.of(pair[0], pair[1], price(pairs.size()))));
  }

  private static boolean isFactor(Space space, Basis basis) {
    Parameter parameter = space.parameters().get(basis.parameter());
    return parameter.isChoice()
        ? parameter.size() <= MOST_CHOICES_OF_PRODUCTS
        : basis.order() <= DEGREE_OF_PRODUCTS;
  }

  /** Of one term out of some: that with γ = 1 of the criterion. */
  private static double price(int some) {
    return 2 * StrictMath.log(some);
  }

  /**
   * How much of the variance over the space is due to each parameter.
   *
   * @param space the parameters
   * @param assignments where the values are known
   * @param values one for each assignment
   * @return a variance for each parameter
   */
  static double[] effects(Space space, List<Assignment> assignments, double[] values) {
    Expansion expansion = new Expansion(space, assignments, values);
    expansion.fit();
    double[] effects = new double[space.parameters().size()];
    expansion
        .functions()
        .forEach(
            (parameters, points) -> {
              double[] centred = Term.centred(points);
              double half = Term.dot(centred, centred) / POINTS / 2;
              parameters.forEach(parameter -> effects[parameter] += half);
            });
    return effects;
  }

  private void fit() {
    double rounding = ROUNDING * Term.dot(left, left);
    while (taken.size() < trials / TRIALS_PER_TERM && Term.dot(left, left) > rounding) {
      Term best = null;
      double most = 0;
      for (Term term : candidates) {
        double gain = gain(term);
        if (gain > most) {
          most = gain;
          best = term;
        }
      }
      if (best == null) {
        return;
      }
      take(best);
    }
  }

  /** By how much the criterion falls; in place of n there is what the terms before leave free. */
  private double gain(Term term) {
    double unexplained = Math.max(1 - term.explained(left), ROUNDING);
    return -(trials - taken.size() - 1) * StrictMath.log(unexplained)
        - StrictMath.log(trials)
        - term.price;
  }

  private void take(Term next) {
    candidates.remove(next);
    candidates.forEach(term -> term.less(next));
    double step = next.coefficient(left);
    next.takeOut(step, left);
    taken.add(next);
    steps.add(step);
  }

  /** The sum of the terms of each parameter (twice the same) and each pair, over the points. */
  private Map<List<Integer>, double[]> functions() {
    Map<List<Integer>, double[]> functions = new LinkedHashMap<>();
    double[] coefficients = new double[taken.size()];
    for (int i = coefficients.length - 1; i >= 0; i--) {
      coefficients[i] = steps.get(i);
      for (int later = i + 1; later < coefficients.length; later++) {
        coefficients[i] -= coefficients[later] * taken.get(later).parts.get(i);
      }
      Term term = taken.get(i);
      double[] sum =
          functions.computeIfAbsent(List.of(term.first, term.second), key -> new double[POINTS]);
      for (int p = 0; p < POINTS; p++) {
        sum[p] += coefficients[i] * term.points[p];
      }
    }
    return functions;
  }
}
