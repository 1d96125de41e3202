/**
 * Adapters of engines for the laws of the kit: Lanewise itself, a deliberately ordinary engine, and
 * other libraries.
 */
package dev.lanewise.suite.engine;
