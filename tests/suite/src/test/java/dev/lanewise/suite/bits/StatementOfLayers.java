package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Order.DOWN_A_COLUMN;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.bits.Order.Element;

/** Layer and RMS normalisation, restated from their documentation. */
record StatementOfLayers(double eps) implements LayerForm {
  /** xhat = fma(x - high, inverse, low) of a row, or without a mean x·inverse. */
  private record Row(boolean rms, float high, float inverse, float low) {
    float normalised(float x) {
      return rms ? x * inverse : Math.fma(x - high, inverse, low);
    }
  }

  private Row row(boolean rms, FloatMatrix x, int i) {
    int n = x.columns();
    Order order = Order.alongRows(n);
    Element element = j -> x.get(i, j);
    if (rms) {
      double square = order.products(n, element, element) / n;
      return new Row(true, 0, (float) (1 / Math.sqrt(square + eps)), 0);
    }
    Moments s = Moments.zeros(1);
    order.moments(n, element, s, 0);
    float high = (float) s.mean()[0];
    float inverse = (float) (1 / Math.sqrt(s.variance()[0] + eps));
    return new Row(false, high, inverse, (float) -((s.mean()[0] - high) * inverse));
  }

  @Override
  public void forward(FloatMatrix x, FloatMatrix gamma, FloatMatrix beta, FloatMatrix y) {
    for (int i = 0; i < x.rows(); i++) {
      Row row = row(beta == null, x, i);
      for (int j = 0; j < x.columns(); j++) {
        float xhat = row.normalised(x.get(i, j));
        float scale = gamma.get(0, j);
        y.set(i, j, beta == null ? xhat * scale : Math.fma(xhat, scale, beta.get(0, j)));
      }
    }
  }

  @Override
  public void backward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix gamma,
      FloatMatrix dx,
      FloatMatrix dgamma,
      FloatMatrix dbeta) {
    boolean rms = dbeta == null;
    int m = x.rows();
    int n = x.columns();
    Row[] rows = new Row[m];
    for (int i = 0; i < m; i++) {
      rows[i] = row(rms, x, i);
    }
    for (int j = 0; j < n; j++) {
      int column = j;
      Element d = i -> dy.get(i, column);
      Element xhat = i -> rows[i].normalised(x.get(i, column));
      dgamma.set(0, j, (float) DOWN_A_COLUMN.products(m, d, xhat));
      if (!rms) {
        dbeta.set(0, j, (float) DOWN_A_COLUMN.sum(m, d));
      }
    }
    Order order = Order.alongRows(n);
    for (int i = 0; i < m; i++) {
      int row = i;
      Element g = j -> gamma.get(0, j) * dy.get(row, j);
      Element xhat = j -> rows[row].normalised(x.get(row, j));
      float mean = (float) (order.sum(n, g) / n);
      float slope = (float) (order.products(n, g, xhat) / n);
      for (int j = 0; j < n; j++) {
        float inner = rms ? g.at(j) : g.at(j) - mean;
        dx.set(i, j, rows[i].inverse * Math.fma(-xhat.at(j), slope, inner));
      }
    }
  }
}
