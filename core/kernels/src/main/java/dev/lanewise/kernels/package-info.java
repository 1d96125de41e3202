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
 * threads want arrays of one size at once or one wants more than 2^20 elements.
 *
 * <p>An operation runs on its caller's thread; one that takes {@link dev.lanewise.kernels.Workers}
 * may be shared with other threads.
 *
 * <p><b>The numeric contract.</b> For the same inputs every operation gives the same bits: whatever
 * the vector width, scalar or vector code, interpreted or compiled, on however many threads, and
 * whatever batch a sample sits in. NaN's sign and payload are the one exception. The processor must
 * be in IEEE default mode. Tested on x86-64.
 */
package dev.lanewise.kernels;
