package dev.lanewise.suite.hardening;

import static java.util.regex.Pattern.MULTILINE;

import dev.lanewise.suite.ChildJvm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A way to start a JVM.
 *
 * @param brief whether each build tries it
 * @param modules whether Lanewise is on the module path, and not on the class path
 * @param options the JVM's options
 * @param shows lines of {@link JvmMain} that prove that the options had their effect
 */
record JvmVariant(boolean brief, boolean modules, List<String> options, Pattern shows) {
  /** Which collectors there are and what their beans are called. */
  private static final String[][] COLLECTORS = {
    {"-XX:+UseSerialGC", "MarkSweepCompact"},
    {"-XX:+UseParallelGC", "PS MarkSweep"},
    {"-XX:+UseG1GC", "G1 Old"},
    {"-XX:+UseZGC", "ZGC"},
    {"-XX:+UseShenandoahGC", "Shenandoah"}
  };

  private static final String VECTOR = "^lanes: .*vector code";
  private static final String SCALAR = "^lanes: .*scalar code, because .*";

  /** All of them. */
  static List<JvmVariant> all() {
    List<JvmVariant> all = new ArrayList<>(compilers());
    all.addAll(vectors());
    for (String[] collector : COLLECTORS) {
      all.add(vector(true, "^collectors: .*" + collector[1], collector[0]));
    }
    all.add(vector(true, "^heap: (6[0-4]|5\\d) MB", "-Xmx64m"));
    all.add(new JvmVariant(true, true, List.of(ChildJvm.MODULE), pattern(named(VECTOR))));
    all.add(new JvmVariant(false, true, List.of(), pattern(named(SCALAR + "not resolved"))));
    return all;
  }

  private static List<JvmVariant> compilers() {
    String unnamed = "[\\s\\S]*^kernels: unnamed[\\s\\S]*^learn: unnamed";
    return List.of(
        vector(true, VECTOR + unnamed),
        new JvmVariant(true, false, List.of(), pattern(SCALAR + "not resolved" + unnamed)),
        vector(true, SCALAR + "-Xint", "-Xint"),
        vector(true, SCALAR + "C2", "-XX:TieredStopAtLevel=1"),
        vector(false, VECTOR, "-XX:-TieredCompilation"),
        vector(true, SCALAR + "UseFMA", "-XX:-UseFMA"),
        vector(false, VECTOR + ", forced", "-XX:-UseFMA", "-Dlanewise.impl=vector"),
        vector(false, VECTOR + ", forced", "-Xint", "-Dlanewise.impl=vector"),
        vector(false, VECTOR + ", forced", "-XX:TieredStopAtLevel=1", "-Dlanewise.impl=vector"));
  }

  /** A processor with less than is asked for gives what it has. */
  private static List<JvmVariant> vectors() {
    return List.of(
        vector(true, "^bits: (0|128)$", "-XX:UseAVX=0"),
        vector(true, "^bits: (128|256)$", "-XX:UseAVX=1"),
        vector(true, "^bits: (128|256)$", "-XX:UseAVX=2"),
        vector(true, "^bits: (128|256|512)$", "-XX:UseAVX=3"),
        vector(true, "^bits: 128$", "-XX:MaxVectorSize=16"),
        vector(true, "^bits: (128|256)$", "-XX:MaxVectorSize=32"),
        vector(true, "^bits: (128|256|512)$", "-XX:MaxVectorSize=64"));
  }

  private static JvmVariant vector(boolean brief, String shows, String... options) {
    List<String> all = Stream.concat(Stream.of(ChildJvm.MODULE), Arrays.stream(options)).toList();
    return new JvmVariant(brief, false, all, pattern(shows));
  }

  private static String named(String lanes) {
    return lanes + "[\\s\\S]*^kernels: module dev.lanewise[\\s\\S]*^learn: module dev.lanewise";
  }

  private static Pattern pattern(String lines) {
    return Pattern.compile(lines, MULTILINE);
  }

  @Override
  public String toString() {
    return (modules ? "module path" : "class path") + ", " + String.join(" ", options);
  }
}
