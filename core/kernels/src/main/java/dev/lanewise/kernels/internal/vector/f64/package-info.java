/**
 * Products of doubles. What is not written here is made from the code of floats in {@code
 * internal.vector} when the project is built, by other names of types; so are {@code
 * internal.scalar.f64} and {@code internal.f64}. Packing and epilogues of doubles come with it and
 * have no face yet.
 */
package dev.lanewise.kernels.internal.vector.f64;
