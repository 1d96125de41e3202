/**
 * Adapters of engines for the laws of the kit, Lanewise itself and a deliberately ordinary engine,
 * and the views of the kit's operands that they and other tests work on.
 */
package dev.lanewise.suite.engine;
