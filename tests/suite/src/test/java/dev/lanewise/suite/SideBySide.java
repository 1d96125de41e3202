package dev.lanewise.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks tests that mostly wait for processes of their own, and hold none of them to a time: two of
 * these classes run at a time, the group {@code side-by-side} of the build.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("side-by-side")
public @interface SideBySide {}
