/**
 * The definitions: scalar code that fixes the bits of every operation, and runs where vectors do
 * not.
 *
 * <p>A leaf takes arrays, offsets, strides and extents and checks nothing. Names: {@code xo} is the
 * offset of x, {@code xrs} and {@code xcs} are its row and column strides, {@code xs} a span's
 * stride.
 */
package dev.lanewise.kernels.internal.scalar;
