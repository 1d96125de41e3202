/** Search of hyperparameters: spaces, samplers, studies and their journals. */
package dev.lanewise.suite.learn.tune;
