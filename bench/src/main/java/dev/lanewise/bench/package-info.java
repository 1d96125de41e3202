/**
 * The {@code lanewise} command line: {@link dev.lanewise.bench.Launcher} finds a JDK, {@link
 * dev.lanewise.bench.Main} does the work.
 */
package dev.lanewise.bench;
