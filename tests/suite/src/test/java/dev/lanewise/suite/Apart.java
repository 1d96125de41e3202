package dev.lanewise.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks tests that run in a JVM of their own, the group {@code apart} of the build. Vectors of
 * other widths and another library's vector code change the JVM's profiles of the Vector API, and
 * with such profiles C2 lets kernels allocate their vectors as objects.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("apart")
public @interface Apart {}
