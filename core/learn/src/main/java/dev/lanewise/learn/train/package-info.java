/** Training: epochs, validation, history, checkpoints, evaluation. */
package dev.lanewise.learn.train;
