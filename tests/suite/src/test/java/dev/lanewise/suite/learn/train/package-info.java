/** Training: runs and their bits, what batch norm does for them, and the files of checkpoints. */
package dev.lanewise.suite.learn.train;
