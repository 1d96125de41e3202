/** Optimizers, learning-rate schedules and clipping of gradients. */
package dev.lanewise.learn.optim;
