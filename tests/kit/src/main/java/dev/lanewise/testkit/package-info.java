/**
 * Assertions over {@code float} results: within a {@link dev.lanewise.testkit.Bound} of an oracle
 * ({@link dev.lanewise.testkit.Accuracy}), the same bits ({@link dev.lanewise.testkit.Bits}, {@link
 * dev.lanewise.testkit.Checksum}), and gradients by central differences ({@link
 * dev.lanewise.testkit.GradientCheck}).
 *
 * <p>A failure is an {@link java.lang.AssertionError} whose message names the element, the values
 * and the context that the caller gave, such as the seed. Nothing is printed. A null argument is a
 * {@link java.lang.NullPointerException} that names it.
 */
package dev.lanewise.testkit;
