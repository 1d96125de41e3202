/**
 * The same operations on the Vector API, bit for bit; this package and its {@code f64} alone import
 * it. Products take any strides, other operations unit column strides. Elements behind the last
 * whole vector go through the definitions themselves, or through vectors of which other lanes are
 * dropped.
 */
package dev.lanewise.kernels.internal.vector;
