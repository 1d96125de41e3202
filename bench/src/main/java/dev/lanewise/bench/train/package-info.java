/** What the commands {@code train}, {@code evaluate} and {@code predict} are made of. */
package dev.lanewise.bench.train;
