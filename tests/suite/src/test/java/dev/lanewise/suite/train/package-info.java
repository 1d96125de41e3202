/** The commands {@code train}, {@code evaluate} and {@code predict}. */
package dev.lanewise.suite.train;
