/**
 * The kit tested in its own right: the oracles against differences, exact arithmetic and each
 * other, and that every assertion fails when it should.
 */
package dev.lanewise.suite.kit;
