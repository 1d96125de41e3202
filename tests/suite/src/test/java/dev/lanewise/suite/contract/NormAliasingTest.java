package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Workers;
import dev.lanewise.suite.contract.NormRowCalls.Form;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Normalisations in place give the bits of those that are not, write all elements of their outputs,
 * and nothing around them.
 */
class NormAliasingTest {
  private static final float CANARY = -1234.5f;

  /** Less than a vector, what leaves a rest in both directions, and rows of more than a block. */
  private static final int[][] SHAPES = {{1, 1}, {3, 5}, {67, 83}, {150, 34}, {2, 4102}};

  private static final Workers WORKERS = Workers.of(3);

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  @FunctionalInterface
  private interface Forward {
    void run(Samples x, Samples y);
  }

  @FunctionalInterface
  private interface Backward {
    void run(Samples x, Samples dy, Samples dx, FloatSpan dgamma, FloatSpan dbeta);
  }

  /** A matrix, or the row of one, in surroundings that must stay as they are. */
  private record Canvas(FloatMatrix view) {
    Canvas(Layout layout, int m, int n) {
      this(Views.matrix(layout.operand(m, n)));
      Arrays.fill(view.array(), CANARY);
    }

    /** With the elements of a matrix. */
    static Canvas of(Layout layout, FloatMatrix x) {
      Canvas canvas = new Canvas(layout, x.rows(), x.columns());
      for (int i = 0; i < x.rows(); i++) {
        for (int j = 0; j < x.columns(); j++) {
          canvas.view.set(i, j, x.get(i, j));
        }
      }
      return canvas;
    }

    FloatSpan span() {
      return view.row(0);
    }

    /** The elements, all written, with nothing changed around them. */
    float[] elements(String context) {
      float[] rest = view.array().clone();
      for (int i = 0; i < view.rows(); i++) {
        for (int j = 0; j < view.columns(); j++) {
          int at = view.offset() + i * view.rowStride() + j * view.columnStride();
          assertNotEquals(CANARY, rest[at], context + ": not written");
          rest[at] = CANARY;
        }
      }
      for (int at = 0; at < rest.length; at++) {
        assertEquals(CANARY, rest[at], context + ": written beside the output at " + at);
      }
      return Views.dense(view);
    }
  }

  private static void checkForward(
      String name, Form form, Forward forward, RowOperands g, Layout layout) {
    String context = name + ", " + form + ", " + g.x;
    Canvas y = new Canvas(layout, g.x.rows(), g.x.columns());
    forward.run(form.samples(g.x), form.samples(y.view));
    Canvas both = Canvas.of(layout, g.x);
    forward.run(form.samples(both.view), form.samples(both.view));
    Bits.assertEqual("Y as X", both.elements(context), y.elements(context), context);
  }

  private static void checkBackward(
      String name, Form form, Backward backward, RowOperands g, Layout layout, int parameters) {
    String context = name + ", " + form + ", " + g.x;
    Canvas dx = new Canvas(layout, g.x.rows(), g.x.columns());
    Canvas onD = Canvas.of(layout, g.other);
    Canvas onX = Canvas.of(layout, g.x);
    Canvas[] outputs = {dx, onD, onX};
    float[][] dxs = new float[3][];
    float[][] gradients = new float[3][];
    for (int call = 0; call < 3; call++) {
      Canvas dgamma = new Canvas(layout, 1, parameters);
      Canvas dbeta = new Canvas(Layout.INSIDE, 1, parameters);
      backward.run(
          form.samples(call == 2 ? onX.view : g.x),
          form.samples(call == 1 ? onD.view : g.other),
          form.samples(outputs[call].view),
          dgamma.span(),
          dbeta.span());
      dxs[call] = outputs[call].elements(context);
      gradients[call] = Arrays.copyOf(dgamma.elements(context), 2 * parameters);
      System.arraycopy(dbeta.elements(context), 0, gradients[call], parameters, parameters);
      String where = call == 1 ? "dX as dY" : "dX as X";
      Bits.assertEqual(where, dxs[call], dxs[0], context);
      Bits.assertEqual(where + ", gradients", gradients[call], gradients[0], context);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REPEATED_ROW", "REPEATED_COLUMN"})
  void batchNorm(Layout layout) {
    for (int[] shape : SHAPES) {
      RowOperands g = new RowOperands(shape[0], shape[1], layout);
      for (Form form : Form.values()) {
        for (BatchNorm norm : new BatchNorm[] {form.norm(g), form.norm(g).relu()}) {
          checkForward("forward", form, (x, y) -> norm.forward(x, form.computed(g), y), g, layout);
          checkForward(
              "inference",
              form,
              (x, y) -> norm.inference(x, form.mean(g), form.variance(g), y, WORKERS),
              g,
              layout);
          checkBackward(
              "backward",
              form,
              (x, d, dx, dg, db) -> norm.backward(x, d, form.computed(g), dx, dg, db),
              g,
              layout,
              norm.features());
          checkBackward(
              "inferenceBackward",
              form,
              (x, d, dx, dg, db) ->
                  norm.inferenceBackward(x, d, form.mean(g), form.variance(g), dx, dg, db, WORKERS),
              g,
              layout,
              norm.features());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REPEATED_ROW", "REPEATED_COLUMN"})
  void rowsAndInputs(Layout layout) {
    for (int[] shape : SHAPES) {
      RowOperands g = new RowOperands(shape[0], shape[1], layout);
      int n = shape[1];
      LayerNorm layer = new LayerNorm(g.columnScale, g.columnShift, 1e-5);
      RmsNorm rms = new RmsNorm(g.columnScale, 1e-6);
      Standardize standardize = new Standardize(n, 1e-5);
      standardize.fit(g.other);
      Form form = Form.MATRIX;
      checkForward("layer", form, (x, y) -> layer.forward(of(x), of(y)), g, layout);
      checkForward("RMS", form, (x, y) -> rms.forward(of(x), of(y), WORKERS), g, layout);
      checkForward("standardize", form, (x, y) -> standardize.apply(of(x), of(y)), g, layout);
      checkBackward(
          "layer",
          form,
          (x, d, dx, dg, db) -> layer.backward(of(x), of(d), of(dx), dg, db, WORKERS),
          g,
          layout,
          n);
      checkBackward(
          "RMS",
          form,
          (x, d, dx, dg, other) -> {
            rms.backward(of(x), of(d), of(dx), dg);
            for (int j = 0; j < n; j++) {
              other.set(j, 0); // there is no beta
            }
          },
          g,
          layout,
          n);
    }
  }

  private static FloatMatrix of(Samples x) {
    return (FloatMatrix) x;
  }
}
