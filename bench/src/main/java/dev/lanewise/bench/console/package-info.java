/**
 * What commands have in common at their user's side: arguments, files that they write, what they
 * say on a terminal or elsewhere, and what Ctrl-C does.
 */
package dev.lanewise.bench.console;
