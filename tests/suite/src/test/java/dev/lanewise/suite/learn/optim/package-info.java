/** Optimizers and schedules of the learn module. */
package dev.lanewise.suite.learn.optim;
