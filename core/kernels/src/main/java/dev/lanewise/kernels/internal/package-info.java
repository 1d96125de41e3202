/**
 * What the operations share: the chooser, block sizes, scratch memory, checks, the mode of
 * arithmetic, and jobs in parts with the threads that help with them.
 */
package dev.lanewise.kernels.internal;
