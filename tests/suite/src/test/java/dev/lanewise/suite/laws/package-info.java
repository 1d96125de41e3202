/** Lanewise held to every law of the kit that it claims to keep, and the kit to its own claims. */
package dev.lanewise.suite.laws;
