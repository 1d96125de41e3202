/**
 * A catalogue of broken kernels, each one edit away from a right one, and the proof that the kit's
 * contracts see every one of them.
 */
package dev.lanewise.suite.broken;
