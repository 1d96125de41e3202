/**
 * What the operations share: the chooser, block sizes, scratch memory, checks and the mode of
 * arithmetic.
 */
package dev.lanewise.kernels.internal;
