/** The commands {@code train}, {@code evaluate}, {@code predict} and {@code tune}. */
package dev.lanewise.suite.train;
