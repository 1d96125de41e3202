package dev.lanewise.suite.contract;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.suite.contract.RowCall.Shared;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Normalisations on the caller's thread, and the same with workers. */
final class NormRowCalls {
  private static final double EPS = 1e-5;

  private NormRowCalls() {}

  static void addTo(List<RowCall> calls) {
    for (Form form : Form.values()) {
      addStatistics(calls, form);
      addBatch(calls, form, "", norm -> norm);
      addBatch(calls, form, ", relu", BatchNorm::relu);
    }
    addLayer(calls);
    addRms(calls);
    addStandardize(calls);
  }

  /** How samples lie, and what spans have an element for each feature. */
  enum Form {
    MATRIX(Shared.COLUMNS_OF_32, Shared.COLUMNS_OF_32_OR_ROWS_OF_16, Shared.ROWS_OF_16) {
      @Override
      Samples samples(FloatMatrix x) {
        return x;
      }

      @Override
      BatchNorm norm(RowOperands g) {
        return new BatchNorm(g.columnScale, g.columnShift, EPS);
      }

      @Override
      FloatSpan mean(RowOperands g) {
        return g.columnShift;
      }

      @Override
      FloatSpan variance(RowOperands g) {
        return g.columnVariance;
      }

      @Override
      FloatSpan gradient(RowOperands g) {
        return g.perColumn();
      }
    },
    /** A channel in each row; two matrices where the columns are even. */
    CHANNELS(Shared.ROWS, Shared.ROWS, Shared.ROWS) {
      @Override
      Samples samples(FloatMatrix x) {
        int size = x.columns() % 2 == 0 ? 2 : 1;
        int n = x.columns() / size;
        int stride = n * x.columnStride();
        return FloatBatch.of(
            x.array(), x.offset(), size, stride, x.rows(), n, x.rowStride(), x.columnStride());
      }

      @Override
      BatchNorm norm(RowOperands g) {
        return new BatchNorm(g.slopes, g.sums, EPS);
      }

      @Override
      FloatSpan mean(RowOperands g) {
        return g.sums;
      }

      @Override
      FloatSpan variance(RowOperands g) {
        return g.weights;
      }

      @Override
      FloatSpan gradient(RowOperands g) {
        return g.perRow();
      }
    };

    final Shared statistics;
    final Shared training;
    final Shared inference;

    Form(Shared statistics, Shared training, Shared inference) {
      this.statistics = statistics;
      this.training = training;
      this.inference = inference;
    }

    abstract Samples samples(FloatMatrix x);

    abstract BatchNorm norm(RowOperands g);

    abstract FloatSpan mean(RowOperands g);

    abstract FloatSpan variance(RowOperands g);

    abstract FloatSpan gradient(RowOperands g);

    BatchStatistics computed(RowOperands g) {
      BatchStatistics statistics = new BatchStatistics(norm(g).features());
      statistics.compute(samples(g.x));
      return statistics;
    }
  }

  private static void addStatistics(List<RowCall> calls, Form form) {
    calls.add(
        new RowCall(
            "BatchStatistics.compute, " + form,
            form.statistics,
            g -> {
              BatchStatistics s = new BatchStatistics(form.norm(g).features());
              s.compute(form.samples(g.x));
              g.add(parts(s.features(), s::mean, s::variance));
            },
            (g, w) -> {
              BatchStatistics s = new BatchStatistics(form.norm(g).features());
              s.compute(form.samples(g.x), w);
              g.add(parts(s.features(), s::mean, s::variance));
            }));
  }

  private static void addBatch(
      List<RowCall> calls, Form form, String more, UnaryOperator<BatchNorm> chosen) {
    Function<RowOperands, BatchNorm> norm = g -> chosen.apply(form.norm(g));
    String with = ", " + form + more;
    calls.add(
        new RowCall(
            "BatchNorm.forward" + with,
            form.training,
            g -> norm.apply(g).forward(form.samples(g.x), form.computed(g), result(form, g)),
            (g, w) ->
                norm.apply(g).forward(form.samples(g.x), form.computed(g), result(form, g), w)));
    calls.add(
        new RowCall(
            "BatchNorm.inference" + with,
            form.inference,
            g ->
                norm.apply(g)
                    .inference(form.samples(g.x), form.mean(g), form.variance(g), result(form, g)),
            (g, w) ->
                norm.apply(g)
                    .inference(
                        form.samples(g.x), form.mean(g), form.variance(g), result(form, g), w)));
    calls.add(
        new RowCall(
            "BatchNorm.backward" + with,
            form.training,
            g ->
                norm.apply(g)
                    .backward(
                        form.samples(g.x),
                        form.samples(g.other),
                        form.computed(g),
                        result(form, g),
                        form.gradient(g),
                        form.gradient(g)),
            (g, w) ->
                norm.apply(g)
                    .backward(
                        form.samples(g.x),
                        form.samples(g.other),
                        form.computed(g),
                        result(form, g),
                        form.gradient(g),
                        form.gradient(g),
                        w)));
    addInferenceBackward(calls, form, with, norm);
  }

  private static void addInferenceBackward(
      List<RowCall> calls, Form form, String with, Function<RowOperands, BatchNorm> norm) {
    calls.add(
        new RowCall(
            "BatchNorm.inferenceBackward" + with,
            form.training,
            g ->
                norm.apply(g)
                    .inferenceBackward(
                        form.samples(g.x),
                        form.samples(g.other),
                        form.mean(g),
                        form.variance(g),
                        result(form, g),
                        form.gradient(g),
                        form.gradient(g)),
            (g, w) ->
                norm.apply(g)
                    .inferenceBackward(
                        form.samples(g.x),
                        form.samples(g.other),
                        form.mean(g),
                        form.variance(g),
                        result(form, g),
                        form.gradient(g),
                        form.gradient(g),
                        w)));
  }

  private static Samples result(Form form, RowOperands g) {
    return form.samples(g.matrix());
  }

  private static void addLayer(List<RowCall> calls) {
    Function<RowOperands, LayerNorm> norm = g -> new LayerNorm(g.columnScale, g.columnShift, EPS);
    calls.add(
        new RowCall(
            "LayerNorm.forward",
            Shared.ROWS,
            g -> norm.apply(g).forward(g.x, g.matrix()),
            (g, w) -> norm.apply(g).forward(g.x, g.matrix(), w)));
    calls.add(
        new RowCall(
            "LayerNorm.backward",
            Shared.CHUNKS,
            g -> norm.apply(g).backward(g.x, g.other, g.matrix(), g.perColumn(), g.perColumn()),
            (g, w) ->
                norm.apply(g).backward(g.x, g.other, g.matrix(), g.perColumn(), g.perColumn(), w)));
  }

  private static void addRms(List<RowCall> calls) {
    Function<RowOperands, RmsNorm> norm = g -> new RmsNorm(g.columnScale, EPS);
    calls.add(
        new RowCall(
            "RmsNorm.forward",
            Shared.ROWS,
            g -> norm.apply(g).forward(g.x, g.matrix()),
            (g, w) -> norm.apply(g).forward(g.x, g.matrix(), w)));
    calls.add(
        new RowCall(
            "RmsNorm.backward",
            Shared.CHUNKS,
            g -> norm.apply(g).backward(g.x, g.other, g.matrix(), g.perColumn()),
            (g, w) -> norm.apply(g).backward(g.x, g.other, g.matrix(), g.perColumn(), w)));
  }

  private static void addStandardize(List<RowCall> calls) {
    calls.add(
        new RowCall(
            "Standardize.fit",
            Shared.COLUMNS_OF_WHOLE_CHUNKS,
            g -> {
              Standardize s = new Standardize(g.x.columns(), EPS);
              s.fit(g.x);
              g.add(parts(s.features(), s::mean, s::variance));
            },
            (g, w) -> {
              Standardize s = new Standardize(g.x.columns(), EPS);
              s.fit(g.x, w);
              g.add(parts(s.features(), s::mean, s::variance));
            }));
    Function<RowOperands, Standardize> fitted =
        g -> {
          Standardize s = new Standardize(g.x.columns(), EPS);
          s.fit(g.other);
          return s;
        };
    calls.add(
        new RowCall(
            "Standardize.apply",
            Shared.ROWS_OF_16,
            g -> fitted.apply(g).apply(g.x, g.matrix()),
            (g, w) -> fitted.apply(g).apply(g.x, g.matrix(), w)));
  }

  @FunctionalInterface
  private interface PerFeature {
    double of(int feature);
  }

  /** Doubles as what they round to and what that leaves of them. */
  private static float[] parts(int features, PerFeature mean, PerFeature variance) {
    float[] parts = new float[4 * features];
    for (int j = 0; j < features; j++) {
      parts[4 * j] = (float) mean.of(j);
      parts[4 * j + 1] = (float) (mean.of(j) - parts[4 * j]);
      parts[4 * j + 2] = (float) variance.of(j);
      parts[4 * j + 3] = (float) (variance.of(j) - parts[4 * j + 2]);
    }
    return parts;
  }
}
