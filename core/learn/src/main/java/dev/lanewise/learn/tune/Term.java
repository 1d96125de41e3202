package dev.lanewise.learn.tune;

import java.util.ArrayList;
import java.util.List;

/** A candidate of an {@link Expansion}: a function of one parameter or of two. */
final class Term {
  /** What is left of a column by rounding. */
  private static final double ROUNDING = 1e-9;

  final int first;

  /** The same as the first if there is one only. */
  final int second;

  /** What its choice out of many costs. */
  final double price;

  /** The values at points spread over the space. */
  final double[] points;

  /** The values at the trials, less their mean and what terms taken before have of them. */
  private final double[] column;

  /** How often each of those terms was taken out. */
  final List<Double> parts = new ArrayList<>();

  private final double least;
  private double square;

  private Term(int first, int second, double price, double[] trials, double[] points) {
    this.first = first;
    this.second = second;
    this.price = price;
    this.points = points;
    column = centred(trials);
    square = dot(column, column);
    least = ROUNDING * square;
  }

  static Term of(Basis basis, double price) {
    return new Term(basis.parameter(), basis.parameter(), price, basis.trials(), basis.points());
  }

  static Term of(Basis a, Basis b, double price) {
    return new Term(
        a.parameter(),
        b.parameter(),
        price,
        product(a.trials(), b.trials()),
        product(a.points(), b.points()));
  }

  /** The c for which |y - c · column| is least. */
  double coefficient(double[] y) {
    return dot(column, y) / square;
  }

  /** The share of |y|² that is explained; 0 if other terms say the same. */
  double explained(double[] y) {
    double product = dot(column, y);
    return square <= least ? 0 : product * product / (square * dot(y, y));
  }

  /** y -= c · column. */
  void takeOut(double c, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] -= c * column[i];
    }
  }

  /** Takes another term out of this one. */
  void less(Term taken) {
    double part = taken.coefficient(column);
    taken.takeOut(part, column);
    parts.add(part);
    square = dot(column, column);
  }

  static double[] centred(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = values[i] - sum / values.length;
    }
    return centred;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }
}
