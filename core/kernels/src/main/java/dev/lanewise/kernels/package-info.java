/**
 * The public face of the kernels: views, one final class per operation, and what runs here.
 *
 * <p>An operation takes views ({@link dev.lanewise.kernels.FloatMatrix}, {@link
 * dev.lanewise.kernels.FloatSpan}, {@link dev.lanewise.kernels.Labels}; products also {@link
 * dev.lanewise.kernels.FloatBatch}, {@link dev.lanewise.kernels.DoubleMatrix}, a {@link
 * dev.lanewise.kernels.PackedMatrix} and an {@link dev.lanewise.kernels.Epilogue}; batch norm
 * {@link dev.lanewise.kernels.Samples}, which are matrices or have channels first), checks them
 * once, and writes into views that the caller owns. Bad operands give an exception that names
 * operand, expected and given before anything is written. Work arrays come from a pool of at most
 * some 400 MB that lives as long as the process: in steady state nothing is allocated, unless many
 * threads want arrays of one size at once, one wants more than 2^20 elements, or an executor gets
 * tasks.
 *
 * <p>An operation runs on its caller's thread; one that takes {@link dev.lanewise.kernels.Workers}
 * may be shared with other threads.
 *
 * <p><b>The numeric contract.</b> For the same inputs, shapes and {@link
 * dev.lanewise.kernels.Lanes#numerics()} every operation gives the same bits: whatever the vector
 * width, scalar or vector code, interpreted or compiled, on however many threads, and for any
 * strides and offsets. NaN's sign and payload are the one exception. Tested on x86-64.
 *
 * <ul>
 *   <li>Batches: what an operation makes of a row depends on that row and on what all rows share,
 *       such as B or gamma, not on how many rows there are or where it lies among them. Statistics
 *       of a batch, sums down columns and mean losses depend on all their rows, by definition.
 *   <li>Orders: {@link dev.lanewise.kernels.Gemm} is one chain of fused multiply-adds over k for
 *       each element, a product with a single column a reduction of rows; {@link
 *       dev.lanewise.kernels.Reduction} and {@link dev.lanewise.kernels.BatchStatistics} fix the
 *       order of sums; functions are polynomials of Lanewise's own. Subnormal numbers are kept.
 *   <li>Errors: each operation states its bound against exact arithmetic, with u = 2^-24, half an
 *       ulp of 1, and a test asserts it.
 *   <li>Preconditions: the thread is in the default mode of IEEE 754, which {@link
 *       dev.lanewise.kernels.Lanes#ieeeDeviations()} tells, and nobody else writes the operands or
 *       reads the outputs meanwhile.
 *   <li>Versions: the numerics rise with any change of any bit, never in a patch release.
 *   <li>Refusals: if the system properties of {@link dev.lanewise.kernels.Lanes} ask for what
 *       cannot run, operations throw {@link java.lang.IllegalStateException}.
 * </ul>
 */
package dev.lanewise.kernels;
