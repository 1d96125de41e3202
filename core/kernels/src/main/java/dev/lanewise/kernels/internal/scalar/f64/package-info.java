/**
 * The definition of products of doubles, made from that of floats in {@code internal.scalar} when
 * the project is built.
 */
package dev.lanewise.kernels.internal.scalar.f64;
