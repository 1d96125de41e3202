package dev.lanewise.learn.tune;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A function of one parameter, 0 where that does not exist and with the mean 0 over the space where
 * it does: of a choice whether it is a certain one, of a number a Legendre polynomial.
 *
 * <p>The polynomial is of the share of the trials below: where trials are dense, as in the region
 * that a search has zoomed into, it resolves more. The steps of that share are smoothed.
 *
 * @param parameter the number of the parameter in its space
 * @param order the number of the choice, or the degree of the polynomial
 * @param trials the values at the trials
 * @param points the values at points spread over the space
 */
record Basis(int parameter, int order, double[] trials, double[] points) {
  private static final int DEGREE = 4;

  /** From so far before a trial to so far behind it, it comes to be below. */
  private static final double SMOOTH = 0.05;

  /**
   * The functions of a parameter.
   *
   * @param space the parameters
   * @param index the number of one
   * @param trials the trials
   * @param points points spread over the space
   * @return none if the parameter has one value only
   */
  static List<Basis> of(Space space, int index, List<Assignment> trials, List<Assignment> points) {
    Parameter parameter = space.parameters().get(index);
    double[] tried = positions(parameter, trials);
    double[] spread = positions(parameter, points);
    if (parameter.isChoice()) {
      int size = (int) parameter.size();
      return IntStream.range(size <= 2 ? 1 : 0, size) // Of two, one tells both.
          .mapToObj(
              choice -> of(index, choice, u -> (int) (u * size) == choice ? 1 : 0, tried, spread))
          .toList();
    }
    double[] triedShares = shares(tried, tried);
    double[] spreadShares = shares(tried, spread);
    return IntStream.rangeClosed(1, (int) Math.min(DEGREE, parameter.size() - 1))
        .mapToObj(
            degree ->
                of(index, degree, u -> legendre(degree, 2 * u - 1), triedShares, spreadShares))
        .toList();
  }

  private static Basis of(
      int index, int order, DoubleUnaryOperator function, double[] tried, double[] spread) {
    double mean =
        Arrays.stream(spread).filter(u -> !Double.isNaN(u)).map(function).average().orElse(0);
    DoubleUnaryOperator centred = u -> Double.isNaN(u) ? 0 : function.applyAsDouble(u) - mean;
    return new Basis(
        index,
        order,
        Arrays.stream(tried).map(centred).toArray(),
        Arrays.stream(spread).map(centred).toArray());
  }

  /** NaN where the parameter does not exist. */
  private static double[] positions(Parameter parameter, List<Assignment> assignments) {
    return assignments.stream()
        .mapToDouble(
            assignment ->
                assignment.has(parameter.name())
                    ? parameter.position(assignment.values().get(parameter.name()))
                    : Double.NaN)
        .toArray();
  }

  /** What share of some positions lies below others, from 0 to 1 on the scale. */
  private static double[] shares(double[] positions, double[] others) {
    double[] some = Arrays.stream(positions).filter(u -> !Double.isNaN(u)).toArray();
    double from = below(0, some);
    double to = below(1, some);
    return Arrays.stream(others).map(u -> (below(u, some) - from) / (to - from)).toArray();
  }

  private static double below(double u, double[] positions) {
    double sum = 0;
    for (double position : positions) {
      sum += Math.clamp((u - position) / (2 * SMOOTH) + 0.5, 0, 1);
    }
    return sum;
  }

  /** (k + 1) P_{k+1}(x) = (2k + 1) x P_k(x) - k P_{k-1}(x). */
  private static double legendre(int degree, double x) {
    double before = 0;
    double value = 1;
    for (int k = 0; k < degree; k++) {
      double next = ((2 * k + 1) * x * value - k * before) / (k + 1);
      before = value;
      value = next;
    }
    return value;
  }
}
