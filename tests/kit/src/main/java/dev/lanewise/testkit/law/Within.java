package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.Set;

/** What an engine's declaration leaves of a case, and how far it lets results be off. */
final class Within {
  private Within() {}

  static GemmCase layouts(Engine engine, GemmCase given) {
    GemmCase extents = engine.capabilities().contains(Capability.EMPTY) ? given : given.nonEmpty();
    return extents.withLayouts(
        layout(engine, given.a()), layout(engine, given.b()), layout(engine, given.c()));
  }

  static MatrixCase layouts(Engine engine, MatrixCase given) {
    MatrixCase extents =
        engine.capabilities().contains(Capability.EMPTY) ? given : given.nonEmpty();
    return extents.withLayouts(layout(engine, given.input()), layout(engine, given.output()));
  }

  private static Layout layout(Engine engine, Layout layout) {
    Set<Capability> declared = engine.capabilities();
    boolean kept =
        switch (layout) {
          case DENSE -> true;
          case INSIDE -> declared.contains(Capability.OFFSETS);
          case PADDED -> declared.contains(Capability.LEADING_DIMENSION);
          case COLUMN_MAJOR -> declared.contains(Capability.COLUMN_MAJOR);
          case STRIDED, STRIDED_COLUMNS -> declared.contains(Capability.STRIDES);
          case REPEATED_ROW, REPEATED_COLUMN -> declared.contains(Capability.BROADCAST);
        };
    return kept ? layout : Layout.DENSE;
  }

  /**
   * One of the kinds that a law is about: the given one where it is among them, so that a case
   * which has been through here comes out as it is. Subnormal results only where they are declared.
   */
  static Values values(Engine engine, Values given, Values... kinds) {
    Values kind =
        Arrays.asList(kinds).contains(given) ? given : kinds[given.ordinal() % kinds.length];
    boolean subnormal = kind == Values.UNDERFLOWING || kind == Values.SUBNORMAL;
    Set<Capability> declared = engine.capabilities();
    boolean undeclared =
        (subnormal && !declared.contains(Capability.SUBNORMALS))
            || (kind == Values.SHIFTED && !declared.contains(Capability.ILL_CONDITIONED));
    return undeclared ? kinds[0] : kind;
  }

  /** Errors, with the engine's tolerance. */
  static Bound bound(Engine engine, double[] errors) {
    return Bound.componentwise(errors).times(engine.tolerance());
  }

  /** What a result below the normal numbers may be off. */
  static double underflow(Engine engine) {
    return engine.capabilities().contains(Capability.SUBNORMALS) ? 0x1p-147 : Float.MIN_NORMAL;
  }
}
