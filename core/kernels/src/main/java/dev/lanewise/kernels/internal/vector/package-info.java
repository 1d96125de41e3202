/**
 * The same operations on the Vector API, bit for bit, for unit column strides; the one package that
 * imports it. Elements behind the last whole vector go through the definitions themselves.
 */
package dev.lanewise.kernels.internal.vector;
