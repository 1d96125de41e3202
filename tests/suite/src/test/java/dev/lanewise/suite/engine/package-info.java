/**
 * Adapters of engines for the laws of the kit: Lanewise itself, and a deliberately ordinary engine.
 */
package dev.lanewise.suite.engine;
