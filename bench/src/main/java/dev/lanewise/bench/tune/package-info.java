/** What the command {@code tune} is made of: the options of {@code train} as a space to search. */
package dev.lanewise.bench.tune;
