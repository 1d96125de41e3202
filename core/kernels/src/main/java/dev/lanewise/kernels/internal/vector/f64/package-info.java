/**
 * Products of doubles on the Vector API. What is not written here is made from the code of floats
 * in {@code internal.vector} when the project is built, by other names of types. Packing and
 * epilogues of doubles come with it and have no face yet.
 */
package dev.lanewise.kernels.internal.vector.f64;
