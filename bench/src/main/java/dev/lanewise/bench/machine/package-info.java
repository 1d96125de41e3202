/**
 * The machine and the JVM that figures come from, and what both say of themselves: {@link
 * dev.lanewise.bench.machine.Environment} is the record that every results file carries.
 */
package dev.lanewise.bench.machine;
