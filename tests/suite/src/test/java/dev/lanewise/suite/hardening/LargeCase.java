package dev.lanewise.suite.hardening;

/** What is computed on long arrays; a run says how many results it has compared. */
enum LargeCase {
  FAR_VIEWS(9),
  LONG_EXTENTS(13),
  REDUCTIONS(13),
  ELEMENTS(9),
  UPDATES(17),
  BATCH_NORM(9),
  LONG_ROWS(15),
  CLASSES(9),
  SAMPLES(3);

  /** The length that every JVM of the kind gives an array of floats, nearly. */
  static final int LONGEST = Integer.MAX_VALUE - 8;

  /** GiB of heap that the longest arrays, and what an operation copies of them, need. */
  final int heap;

  LargeCase(int heap) {
    this.heap = heap;
  }

  long run(int longest) {
    return switch (this) {
      case FAR_VIEWS -> LargeProducts.farViews(longest);
      case LONG_EXTENTS -> LargeProducts.longExtents(longest);
      case REDUCTIONS -> LargeReductions.all(longest);
      case ELEMENTS -> LargeElements.elementwise(longest);
      case UPDATES -> LargeElements.updates(longest);
      case BATCH_NORM -> LargeNorms.batchNorm(longest);
      case LONG_ROWS -> LargeNorms.longRows(longest);
      case CLASSES -> LargeLosses.classes(longest);
      case SAMPLES -> LargeLosses.samples(longest);
    };
  }
}
