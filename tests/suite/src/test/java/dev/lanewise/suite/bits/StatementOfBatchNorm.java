package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.bits.Order.Element;

/** Batch normalisation, restated from its documentation, one feature after the other. */
record StatementOfBatchNorm(Arrangement arrangement) implements BatchNormForm {
  /** What all samples of a feature have in common. */
  private record Feature(float high, double low, double inverse, float scale, float shift) {
    /** gamma / sqrt(variance + eps) rounded once; what rounding leaves of the mean in the shift. */
    static Feature of(Setting setting, Moments s, int j) {
      float high = (float) s.mean()[j];
      double low = s.mean()[j] - high;
      double root = Math.sqrt(s.variance()[j] + setting.eps());
      float scale = (float) (setting.gamma().get(0, j) / root);
      float shift = (float) (setting.beta().get(0, j) - low * scale);
      return new Feature(high, low, 1 / root, scale, shift);
    }

    float normalised(float x) {
      return Math.fma(x - high, scale, shift);
    }
  }

  @Override
  public Moments moments(FloatMatrix x) {
    Moments moments = Moments.zeros(arrangement.features(x));
    for (int j = 0; j < arrangement.features(x); j++) {
      int feature = j;
      Element element = i -> arrangement.get(x, i, feature);
      arrangement.order(x).moments(arrangement.samples(x), element, moments, j);
    }
    return moments;
  }

  @Override
  public void normalise(Setting setting, FloatMatrix x, Moments s, FloatMatrix y) {
    for (int j = 0; j < arrangement.features(x); j++) {
      Feature feature = Feature.of(setting, s, j);
      for (int i = 0; i < arrangement.samples(x); i++) {
        float z = feature.normalised(arrangement.get(x, i, j));
        arrangement.set(y, i, j, setting.relu() && z < 0 ? 0 : z);
      }
    }
  }

  @Override
  public void backward(
      Setting setting, boolean constant, FloatMatrix x, FloatMatrix dy, Moments s, Gradients to) {
    int m = arrangement.samples(x);
    Order order = arrangement.order(x);
    for (int j = 0; j < arrangement.features(x); j++) {
      int column = j;
      Feature f = Feature.of(setting, s, j);
      Element t = i -> arrangement.get(x, i, column) - f.high;
      Element d =
          i ->
              setting.relu() && f.normalised(arrangement.get(x, i, column)) <= 0
                  ? 0
                  : arrangement.get(dy, i, column);
      double sumD = order.sum(m, d);
      double product = (order.products(m, d, t) - f.low * sumD) * f.inverse;
      to.dgamma().set(0, j, (float) product);
      to.dbeta().set(0, j, (float) sumD);
      double perSample = 1.0 / m;
      float gamma = setting.gamma().get(0, j);
      double slope = -(gamma * f.inverse * f.inverse * product * perSample);
      double offset = -(gamma * f.inverse * sumD * perSample + slope * f.low);
      for (int i = 0; i < m; i++) {
        float through = Math.fma(t.at(i), (float) slope, (float) offset);
        float dx = constant ? d.at(i) * f.scale : Math.fma(d.at(i), f.scale, through);
        arrangement.set(to.dx(), i, j, dx);
      }
    }
  }
}
