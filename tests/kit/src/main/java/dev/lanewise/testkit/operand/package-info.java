/**
 * What kernels are called on in tests: matrices in arrays of every {@link
 * dev.lanewise.testkit.operand.Layout}, filled with {@link dev.lanewise.testkit.operand.Values} of
 * every kind from a seed.
 */
package dev.lanewise.testkit.operand;
