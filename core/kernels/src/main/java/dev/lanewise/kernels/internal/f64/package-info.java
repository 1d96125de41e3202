/**
 * The block sizes, packed factors and epilogues of products of doubles, made from those of floats
 * in {@code internal} when the project is built.
 */
package dev.lanewise.kernels.internal.f64;
