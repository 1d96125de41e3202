package dev.lanewise.suite.broken;

import java.util.List;

/** Broken batch normalisations with channels first. */
final class ChannelsNormFaults {
  private static final Source ROWS = Source.vector(Subject.CHANNELS_NORM, "VectorChannels");
  private static final Source DEFINITION = Source.scalar(Subject.CHANNELS_NORM, "ScalarChannels");
  private static final Source CALL = Source.face(Subject.CHANNELS_NORM, "ChannelsCall");

  static final List<Fault> ALL =
      List.of(
          CALL.block(
              "statistics begin anew with each matrix",
              "long before = (long) p * x.columns() + j;",
              "long before = j;"),
          CALL.block("dgamma is of the last matrix", "sumDt[c] += sums[1];", "sumDt[c] = sums[1];"),
          CALL.formula(
              "the variance is that of one matrix",
              "long samples = (long) x.size() * x.columns();",
              "long samples = x.columns();"),
          CALL.stride(
              "matrices lie as far apart as their rows reach",
              "x.offset() + p * x.stride() +",
              "x.offset() + p * x.rows() * x.rowStride() +"),
          CALL.stride(
              "rows that are copied are stored with the input's stride",
              "start(out, p, c, j, null), out.columnStride());",
              "start(out, p, c, j, null), x.columnStride());"),
          DEFINITION.withoutVectors(
              "dgamma is of the input from which no mean is subtracted",
              "fma(e, t, lanes[LANES + l]);",
              "fma(e, x[xo + j], lanes[LANES + l]);"),
          ROWS.tail(
              "samples behind the last vector have no beta",
              "z.blend(0f, z.lt(least)).intoArray(y, yo + whole, mask);",
              "z.sub(b).blend(0f, z.lt(least)).intoArray(y, yo + whole, mask);"),
          ROWS.tail(
              "products behind whole turns replace those of the turns",
              "e.fma(t, fromArray(FLOAT, lanes, VIRTUAL + l)).intoArray(lanes, VIRTUAL + l, mask);",
              "e.mul(t).intoArray(lanes, VIRTUAL + l, mask);"),
          ROWS.tail(
              "dx behind the last vector forgets zhat",
              "e.fma(a, t.fma(k, c)).intoArray(dx, dxo + whole, mask);",
              "e.fma(a, c).intoArray(dx, dxo + whole, mask);"),
          ROWS.formula(
              "the backward pass forgets the mean of the gradient",
              "e.fma(a, t.fma(k, c)).intoArray(dx, dxo + j);",
              "e.fma(a, t.mul(k)).intoArray(dx, dxo + j);"),
          ROWS.at128Bits(
              "the second half of the lanes takes the first one's gradients at 128 bits",
              "x, xo + l, d, po + l, lanes, l);",
              "x, xo + l, d, po + l % 32, lanes, l);"));

  private ChannelsNormFaults() {}
}
