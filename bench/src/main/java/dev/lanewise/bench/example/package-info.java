/** An engine in miniature on the kernels alone: a digit classifier, and digits to train it on. */
package dev.lanewise.bench.example;
