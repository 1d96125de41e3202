/** Search of hyperparameters: spaces, samplers, studies, babysitters and their journals. */
package dev.lanewise.suite.learn.tune;
