/**
 * Oracles: for each operation its textbook formula in double, short enough to be checked by eye.
 *
 * <p>Operands are dense row-major arrays with explicit extents, m × n for m samples of n features
 * or classes; {@link dev.lanewise.testkit.Elements#widen(float[])} makes them from {@code float}s,
 * which is exact. Constants that an implementation holds as {@code float}, such as a learning rate
 * of {@code 0.1f}, are passed as that {@code float}: it is not the double 0.1. Operands are not
 * changed; results are new arrays. NaN, infinities and zeros give what IEEE arithmetic gives for
 * the formula as it is written. Where a cancelling sum would leave too few digits to judge a {@code
 * float} by, it is compensated.
 *
 * <p>An array whose length does not fit the extents, or a negative extent, is an {@link
 * java.lang.IllegalArgumentException}.
 */
package dev.lanewise.testkit.oracle;
