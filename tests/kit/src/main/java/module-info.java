/**
 * The verification kit: independent answers for the operations of a numeric engine, and assertions
 * that hold an implementation to them.
 *
 * <p>It works on plain arrays and needs nothing but the JDK, so any engine and any test framework
 * can use it.
 */
module dev.lanewise.testkit {
  exports dev.lanewise.testkit;
  exports dev.lanewise.testkit.oracle;
}
