package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/** The checks of {@link Operands} on {@link Samples}: matrices, or batches with channels first. */
@SuppressWarnings("ReferenceEquality") // arrays: the very array is meant, not equal contents
final class SampleOperands {
  private SampleOperands() {}

  /** The number of features. */
  static int features(Samples x) {
    return switch (x) {
      case FloatMatrix matrix -> matrix.columns();
      case FloatBatch batch -> batch.rows();
    };
  }

  /** The number of samples of each feature. */
  static long samples(Samples x) {
    return switch (x) {
      case FloatMatrix matrix -> matrix.rows();
      case FloatBatch batch -> (long) batch.size() * batch.columns();
    };
  }

  static String shape(Samples x) {
    return switch (x) {
      case FloatMatrix matrix -> Operands.shape(matrix);
      case FloatBatch batch -> batch.size() + " times " + batch.rows() + "×" + batch.columns();
    };
  }

  /** Both are matrices or both are batches, of the same shape. */
  static void sameShape(String op, String nameX, Samples x, String nameY, Samples y) {
    Checks.notNull(op, nameX, x);
    Checks.notNull(op, nameY, y);
    boolean same =
        x instanceof FloatBatch == y instanceof FloatBatch
            && samples(x) == samples(y)
            && features(x) == features(y)
            && (!(x instanceof FloatBatch a)
                || !(y instanceof FloatBatch b)
                || a.columns() == b.columns());
    if (!same) {
      throw Checks.shape(op, nameX, shape(x), nameY, shape(y), "their shapes must be equal");
    }
  }

  /** The samples have so many features. */
  static void features(String op, String name, Samples x, String nameS, int features) {
    Checks.notNull(op, name, x);
    if (features(x) != features) {
      String extent = x instanceof FloatMatrix ? "columns" : "rows";
      String rule = "they must equal " + name + "'s " + extent;
      throw Checks.shape(op, name, shape(x), nameS, features, rule);
    }
  }

  /** The span has one element for each feature. */
  static void perFeature(String op, String name, Samples x, String nameS, FloatSpan s) {
    Checks.notNull(op, nameS, s);
    if (features(x) != s.length()) {
      features(op, name, x, nameS + "'s elements", s.length());
    }
  }

  /** The output's elements are distinct. */
  static void output(String op, String name, Samples y) {
    switch (y) {
      case FloatMatrix matrix -> Operands.output(op, name, matrix);
      case FloatBatch batch -> Operands.output(op, name, batch);
    }
  }

  /** The output is the very view of the input, or shares no element with it. */
  static void inPlaceOrDisjoint(String op, String nameY, Samples y, String nameX, Samples x) {
    if (y instanceof FloatMatrix b && x instanceof FloatMatrix a) {
      Operands.inPlaceOrDisjoint(op, nameY, b, nameX, a);
    } else if (y instanceof FloatBatch b && x instanceof FloatBatch a && !isIdentical(b, a)) {
      Operands.disjoint(op, nameY, b, nameX, a);
    }
  }

  /** The output shares no element with the other operand. */
  static void disjoint(String op, String nameY, Samples y, String nameX, FloatSpan x) {
    switch (y) {
      case FloatMatrix matrix -> Operands.disjoint(op, nameY, matrix, nameX, x);
      case FloatBatch batch -> Operands.disjoint(op, nameY, batch, nameX, x, batch, x);
    }
  }

  /** The output shares no element with the other operand. */
  static void disjoint(String op, String nameY, FloatSpan y, String nameX, Samples x) {
    switch (x) {
      case FloatMatrix matrix -> Operands.disjoint(op, nameY, y, nameX, matrix);
      case FloatBatch batch -> Operands.disjoint(op, nameY, y, nameX, batch, batch, y);
    }
  }

  /** X and Y of a normalisation by gamma and, unless it is null, beta. */
  static void normalisation(String op, Samples x, Samples y, FloatSpan gamma, FloatSpan beta) {
    sameShape(op, "X", x, "Y", y);
    features(op, "X", x, "the number of gammas", gamma.length());
    output(op, "Y", y);
    inPlaceOrDisjoint(op, "Y", y, "X", x);
    disjoint(op, "Y", y, "gamma", gamma);
    if (beta != null) {
      disjoint(op, "Y", y, "beta", beta);
    }
  }

  /** The gradients of a normalisation by gamma and, unless it is null, beta. */
  static void gradients(
      String op,
      Samples x,
      Samples dy,
      Samples dx,
      FloatSpan gamma,
      FloatSpan beta,
      FloatSpan dgamma,
      FloatSpan dbeta) {
    sameShape(op, "X", x, "dY", dy);
    sameShape(op, "X", x, "dX", dx);
    features(op, "X", x, "the number of gammas", gamma.length());
    output(op, "dX", dx);
    inPlaceOrDisjoint(op, "dX", dx, "X", x);
    inPlaceOrDisjoint(op, "dX", dx, "dY", dy);
    gradient(op, x, dy, dx, "gamma", gamma, "dgamma", dgamma);
    if (beta != null) {
      gradient(op, x, dy, dx, "beta", beta, "dbeta", dbeta);
      Operands.disjoint(op, "dgamma", dgamma, "beta", beta);
      Operands.disjoint(op, "dbeta", dbeta, "gamma", gamma);
      Operands.disjoint(op, "dgamma", dgamma, "dbeta", dbeta);
    }
  }

  /** A parameter of each feature, and its gradient. */
  private static void gradient(
      String op,
      Samples x,
      Samples dy,
      Samples dx,
      String nameP,
      FloatSpan parameter,
      String nameG,
      FloatSpan gradient) {
    disjoint(op, "dX", dx, nameP, parameter);
    perFeature(op, "X", x, nameG, gradient);
    Operands.output(op, nameG, gradient);
    disjoint(op, nameG, gradient, "X", x);
    disjoint(op, nameG, gradient, "dY", dy);
    disjoint(op, nameG, gradient, "dX", dx);
    Operands.disjoint(op, nameG, gradient, nameP, parameter);
  }

  /** Weights and bias, which are replaced, and what is folded into them. */
  static void folding(
      String op,
      FloatMatrix w,
      FloatSpan bias,
      FloatSpan gamma,
      FloatSpan beta,
      FloatSpan mean,
      FloatSpan variance) {
    features(op, "W", w, "the number of gammas", gamma.length());
    perFeature(op, "W", w, "bias", bias);
    perFeature(op, "W", w, "mean", mean);
    perFeature(op, "W", w, "variance", variance);
    Operands.output(op, "W", w);
    Operands.output(op, "bias", bias);
    Operands.disjoint(op, "bias", bias, "W", w);
    folded(op, w, bias, "gamma", gamma);
    folded(op, w, bias, "beta", beta);
    folded(op, w, bias, "mean", mean);
    folded(op, w, bias, "variance", variance);
  }

  private static void folded(
      String op, FloatMatrix w, FloatSpan bias, String name, FloatSpan span) {
    Operands.disjoint(op, "W", w, name, span);
    Operands.disjoint(op, "bias", bias, name, span);
  }

  private static boolean isIdentical(FloatBatch y, FloatBatch x) {
    return y.array() == x.array()
        && y.offset() == x.offset()
        && y.size() == x.size()
        && y.stride() == x.stride()
        && y.rows() == x.rows()
        && y.rowStride() == x.rowStride()
        && y.columns() == x.columns()
        && y.columnStride() == x.columnStride();
  }
}
