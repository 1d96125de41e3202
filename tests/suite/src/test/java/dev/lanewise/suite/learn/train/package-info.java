/** Training: the files of checkpoints, and what is left when a writer is stopped. */
package dev.lanewise.suite.learn.train;
