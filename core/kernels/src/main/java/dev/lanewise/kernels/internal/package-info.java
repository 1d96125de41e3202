/** What the operations share: the chooser, block sizes, scratch memory and checks. */
package dev.lanewise.kernels.internal;
