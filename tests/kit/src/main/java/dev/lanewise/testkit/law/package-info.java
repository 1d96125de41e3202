/**
 * What every right implementation of an operation keeps, as {@link dev.lanewise.testkit.law.Law}s
 * over cases drawn from a seed. No test framework is needed: {@link
 * dev.lanewise.testkit.law.Verification} tries them and names what is broken and what was not
 * tested.
 *
 * <p>An engine is held to the laws of an operation through a small adapter, for example a {@link
 * dev.lanewise.testkit.law.GemmEngine}, that also declares its {@link
 * dev.lanewise.testkit.law.Capability capabilities} and its tolerance. Package {@code
 * dev.lanewise.testkit.contract} has the same laws as properties of jqwik.
 */
package dev.lanewise.testkit.law;
