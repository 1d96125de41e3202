/**
 * The laws of {@link dev.lanewise.testkit.law} as properties of jqwik: a test class implements the
 * contract of an operation, which asks for its adapter, and has its properties.
 *
 * <pre>{@code
 * class MyGemmTest implements GemmContract {
 *   @Override
 *   public void gemm(float alpha, Operand a, Operand b, float beta, Operand c) {
 *     c.assign(MyEngine.product(a.toArray(), b.toArray(), a.rows(), a.columns(), b.columns()));
 *   }
 * }
 * }</pre>
 *
 * <p>A property whose law needs a {@link dev.lanewise.testkit.law.Capability} that the engine does
 * not declare is skipped, with the reason; what else is not declared, and so was left out of the
 * cases, is printed once for each contract. jqwik 1.9 on the class path is needed for this package
 * alone.
 */
package dev.lanewise.testkit.contract;
