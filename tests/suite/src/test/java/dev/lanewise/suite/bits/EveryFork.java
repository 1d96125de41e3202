package dev.lanewise.suite.bits;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.PropertyDefaults;

/**
 * Marks the tests that run once more at every width, as scalar code and interpreted: the group
 * {@code bits} of the build.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@org.junit.jupiter.api.Tag("bits")
@net.jqwik.api.Tag("bits")
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@interface EveryFork {}
