/** Training with the kernels: it learns, and it ends with the same bits everywhere. */
package dev.lanewise.suite.training;
