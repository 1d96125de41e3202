/**
 * The verification kit: independent answers for the operations of a numeric engine, and assertions
 * that hold an implementation to them.
 *
 * <p>It works on plain arrays and, but for the package of contracts, needs nothing but the JDK, so
 * any engine and any test framework can use it. The contracts are properties of jqwik 1.9, which
 * finds their cases on the class path.
 */
module dev.lanewise.testkit {
  requires static transitive net.jqwik.api;

  exports dev.lanewise.testkit;
  exports dev.lanewise.testkit.contract;
  exports dev.lanewise.testkit.law;
  exports dev.lanewise.testkit.operand;
  exports dev.lanewise.testkit.oracle;
}
