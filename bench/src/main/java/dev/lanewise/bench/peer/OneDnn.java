package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * oneDNN by its C interface: an engine on the processor, its stream, and the primitives of our
 * operations. Objects live as long as the JVM. The numbers are those of the C header.
 *
 * <p>Batch normalisation gets the rows of a matrix as places of one image, 1×n×m with the channels
 * innermost: the same bytes as a matrix of m samples, and measured to be 1.7 to 2.4 times as fast.
 */
final class OneDnn {
  private static final NativeLibrary LIBRARY =
      NativeLibrary.load(Peer.ONEDNN, "dnnl", "dnnl", "omp_get_max_threads");

  private static final MethodHandle SGEMM =
      LIBRARY.function(
          "dnnl_sgemm",
          FunctionDescriptor.of(
              JAVA_INT,
              JAVA_BYTE,
              JAVA_BYTE,
              JAVA_LONG,
              JAVA_LONG,
              JAVA_LONG,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_LONG,
              ADDRESS,
              JAVA_LONG,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_LONG));
  private static final MethodHandle EXECUTE =
      LIBRARY.function(
          "dnnl_primitive_execute",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));

  private static final int CPU = 1;
  private static final int IN_ORDER = 1;
  private static final MemorySegment ENGINE = create("dnnl_engine_create", CPU, 0L);
  private static final MemorySegment STREAM = create("dnnl_stream_create", ENGINE, IN_ORDER);

  private static final int F32 = 3;
  private static final int RELU = 0x20;
  private static final int VECTOR = 2;
  private static final int MATRIX = 3;
  private static final int CHANNELS_FIRST = 4;
  private static final int CHANNELS_INNERMOST = 15;

  private static final int FORWARD_TRAINING = 64;
  private static final int FORWARD_INFERENCE = 96;
  private static final int BACKWARD = 128;
  private static final int ACCURATE_SOFTMAX = 0x30000;
  private static final int GIVEN_STATISTICS = 1;
  private static final int SCALE = 2;
  private static final int SCALE_AND_SHIFT = SCALE | 4;
  private static final int ROOT_MEAN_SQUARE = 0x20;

  private OneDnn() {}

  static void sgemm(
      int m,
      int k,
      int n,
      MemorySegment a,
      boolean transposedA,
      MemorySegment b,
      boolean transposedB,
      MemorySegment c) {
    int status;
    try {
      status =
          (int)
              SGEMM.invokeExact(
                  (byte) (transposedA ? 'T' : 'N'),
                  (byte) (transposedB ? 'T' : 'N'),
                  (long) m,
                  (long) n,
                  (long) k,
                  1f,
                  a,
                  (long) (transposedA ? m : k),
                  b,
                  (long) (transposedB ? k : n),
                  0f,
                  c,
                  (long) n);
    } catch (Throwable e) {
      throw NativeLibrary.failure("dnnl_sgemm", e);
    }
    check("dnnl_sgemm", status);
  }

  /** The bias is an operand of the product, ReLU is done to each element before it is stored. */
  static PeerOperation biasRelu(
      int m, int k, int n, float[] a, float[] b, float[] bias, float[] c) {
    MemorySegment left = descriptor(MATRIX, m, k);
    MemorySegment right = descriptor(MATRIX, k, n);
    MemorySegment row = descriptor(MATRIX, 1, n);
    MemorySegment result = descriptor(MATRIX, m, n);
    MemorySegment relu = create("dnnl_post_ops_create");
    call("dnnl_post_ops_append_eltwise", relu, RELU, 0f, 0f);
    MemorySegment attributes = create("dnnl_primitive_attr_create");
    call("dnnl_primitive_attr_set_post_ops", attributes, relu);
    MemorySegment product =
        create("dnnl_matmul_primitive_desc_create", ENGINE, left, right, row, result, attributes);
    return new OneDnnPrimitive(product)
        .input(OneDnnPrimitive.SOURCE, left, a)
        .input(OneDnnPrimitive.WEIGHTS, right, b)
        .input(OneDnnPrimitive.BIAS, row, bias)
        .output(OneDnnPrimitive.DESTINATION, result, c);
  }

  static PeerOperation softmax(int m, int n, float[] x, float[] y) {
    MemorySegment matrix = descriptor(MATRIX, m, n);
    MemorySegment softmax =
        create(
            "dnnl_softmax_forward_primitive_desc_create",
            ENGINE,
            FORWARD_INFERENCE,
            ACCURATE_SOFTMAX,
            matrix,
            matrix,
            1,
            MemorySegment.NULL);
    return new OneDnnPrimitive(softmax)
        .input(OneDnnPrimitive.SOURCE, matrix, x)
        .output(OneDnnPrimitive.DESTINATION, matrix, y);
  }

  static PeerOperation batchNormForward(
      SampleLayout layout, float[] x, float[] gamma, float[] beta, float eps, float[] y) {
    int n = layout.features();
    return batchNormTraining(layout, x, gamma, beta, eps, y, new float[n], new float[n]);
  }

  private static OneDnnPrimitive batchNormTraining(
      SampleLayout layout,
      float[] x,
      float[] gamma,
      float[] beta,
      float eps,
      float[] y,
      float[] mean,
      float[] variance) {
    MemorySegment columns = descriptor(VECTOR, layout.features());
    MemorySegment samples = samples(layout);
    return new OneDnnPrimitive(batchNorm(FORWARD_TRAINING, samples, eps, SCALE_AND_SHIFT))
        .input(OneDnnPrimitive.SOURCE, samples, x)
        .input(OneDnnPrimitive.SCALE, columns, gamma)
        .input(OneDnnPrimitive.SHIFT, columns, beta)
        .output(OneDnnPrimitive.MEAN, columns, mean)
        .output(OneDnnPrimitive.VARIANCE, columns, variance)
        .output(OneDnnPrimitive.DESTINATION, samples, y);
  }

  private static MemorySegment batchNorm(
      int propagation, MemorySegment samples, float eps, int flags) {
    return create(
        "dnnl_batch_normalization_forward_primitive_desc_create",
        ENGINE,
        propagation,
        samples,
        samples,
        eps,
        flags,
        MemorySegment.NULL);
  }

  static PeerOperation batchNormInference(
      SampleLayout layout,
      float[] x,
      float[] gamma,
      float[] beta,
      float[] mean,
      float[] variance,
      float eps,
      float[] y) {
    MemorySegment columns = descriptor(VECTOR, layout.features());
    MemorySegment samples = samples(layout);
    int flags = GIVEN_STATISTICS | SCALE_AND_SHIFT;
    return new OneDnnPrimitive(batchNorm(FORWARD_INFERENCE, samples, eps, flags))
        .input(OneDnnPrimitive.SOURCE, samples, x)
        .input(OneDnnPrimitive.SCALE, columns, gamma)
        .input(OneDnnPrimitive.SHIFT, columns, beta)
        .input(OneDnnPrimitive.MEAN, columns, mean)
        .input(OneDnnPrimitive.VARIANCE, columns, variance)
        .output(OneDnnPrimitive.DESTINATION, samples, y);
  }

  /** With the statistics of a forward pass, which runs once here. */
  static PeerOperation batchNormBackward(
      SampleLayout layout,
      float[] x,
      float[] dy,
      float[] gamma,
      float eps,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    int n = layout.features();
    float[] mean = new float[n];
    float[] variance = new float[n];
    OneDnnPrimitive forward =
        batchNormTraining(layout, x, gamma, new float[n], eps, new float[x.length], mean, variance);
    forward.run();
    forward.fetch();
    MemorySegment columns = descriptor(VECTOR, layout.features());
    MemorySegment samples = samples(layout);
    MemorySegment backward =
        create(
            "dnnl_batch_normalization_backward_primitive_desc_create",
            ENGINE,
            BACKWARD,
            samples,
            samples,
            samples,
            eps,
            SCALE_AND_SHIFT,
            batchNorm(FORWARD_TRAINING, samples, eps, SCALE_AND_SHIFT),
            MemorySegment.NULL);
    return new OneDnnPrimitive(backward)
        .input(OneDnnPrimitive.SOURCE, samples, x)
        .input(OneDnnPrimitive.DESTINATION_GRADIENT, samples, dy)
        .input(OneDnnPrimitive.SCALE, columns, gamma)
        .input(OneDnnPrimitive.MEAN, columns, mean)
        .input(OneDnnPrimitive.VARIANCE, columns, variance)
        .output(OneDnnPrimitive.SOURCE_GRADIENT, samples, dx)
        .output(OneDnnPrimitive.SCALE_GRADIENT, columns, dgamma)
        .output(OneDnnPrimitive.SHIFT_GRADIENT, columns, dbeta);
  }

  /** Statistics are no results of inference, as they are none of ours. */
  static PeerOperation layerNorm(
      int m, int n, float[] x, float[] gamma, float[] beta, float eps, float[] y) {
    return rowNorm(m, n, x, gamma, eps, SCALE_AND_SHIFT, y)
        .input(OneDnnPrimitive.SHIFT, descriptor(VECTOR, n), beta);
  }

  static PeerOperation rmsNorm(int m, int n, float[] x, float[] gamma, float eps, float[] y) {
    return rowNorm(m, n, x, gamma, eps, SCALE | ROOT_MEAN_SQUARE, y);
  }

  private static OneDnnPrimitive rowNorm(
      int m, int n, float[] x, float[] gamma, float eps, int flags, float[] y) {
    MemorySegment matrix = descriptor(MATRIX, m, n);
    return new OneDnnPrimitive(
            rowNorm(FORWARD_INFERENCE, matrix, descriptor(VECTOR, m), eps, flags))
        .input(OneDnnPrimitive.SOURCE, matrix, x)
        .input(OneDnnPrimitive.SCALE, descriptor(VECTOR, n), gamma)
        .output(OneDnnPrimitive.DESTINATION, matrix, y);
  }

  private static MemorySegment rowNorm(
      int propagation, MemorySegment matrix, MemorySegment rows, float eps, int flags) {
    return create(
        "dnnl_layer_normalization_forward_primitive_desc_create",
        ENGINE,
        propagation,
        matrix,
        matrix,
        rows,
        eps,
        flags,
        MemorySegment.NULL);
  }

  /** With the statistics of a forward pass, which runs once here. */
  static PeerOperation layerNormBackward(
      int m,
      int n,
      float[] x,
      float[] dy,
      float[] gamma,
      float eps,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    MemorySegment matrix = descriptor(MATRIX, m, n);
    MemorySegment rows = descriptor(VECTOR, m);
    MemorySegment columns = descriptor(VECTOR, n);
    MemorySegment training = rowNorm(FORWARD_TRAINING, matrix, rows, eps, SCALE_AND_SHIFT);
    float[] mean = new float[m];
    float[] variance = new float[m];
    OneDnnPrimitive forward =
        new OneDnnPrimitive(training)
            .input(OneDnnPrimitive.SOURCE, matrix, x)
            .input(OneDnnPrimitive.SCALE, columns, gamma)
            .input(OneDnnPrimitive.SHIFT, columns, new float[n])
            .output(OneDnnPrimitive.MEAN, rows, mean)
            .output(OneDnnPrimitive.VARIANCE, rows, variance)
            .output(OneDnnPrimitive.DESTINATION, matrix, new float[m * n]);
    forward.run();
    forward.fetch();
    MemorySegment backward =
        create(
            "dnnl_layer_normalization_backward_primitive_desc_create",
            ENGINE,
            BACKWARD,
            matrix,
            matrix,
            matrix,
            rows,
            eps,
            SCALE_AND_SHIFT,
            training,
            MemorySegment.NULL);
    return new OneDnnPrimitive(backward)
        .input(OneDnnPrimitive.SOURCE, matrix, x)
        .input(OneDnnPrimitive.DESTINATION_GRADIENT, matrix, dy)
        .input(OneDnnPrimitive.SCALE, columns, gamma)
        .input(OneDnnPrimitive.MEAN, rows, mean)
        .input(OneDnnPrimitive.VARIANCE, rows, variance)
        .output(OneDnnPrimitive.SOURCE_GRADIENT, matrix, dx)
        .output(OneDnnPrimitive.SCALE_GRADIENT, columns, dgamma)
        .output(OneDnnPrimitive.SHIFT_GRADIENT, columns, dbeta);
  }

  private static MemorySegment samples(SampleLayout layout) {
    return descriptor(
        layout.channelsFirst() ? CHANNELS_FIRST : CHANNELS_INNERMOST,
        layout.size(),
        layout.features(),
        layout.places());
  }

  private static MemorySegment descriptor(int format, long... extents) {
    MemorySegment dimensions = Arena.global().allocateFrom(JAVA_LONG, extents);
    return create("dnnl_memory_desc_create_with_tag", extents.length, dimensions, F32, format);
  }

  /** What a primitive reads or writes, in native memory. */
  static MemorySegment memory(MemorySegment descriptor, MemorySegment values) {
    return create("dnnl_memory_create", descriptor, ENGINE, values);
  }

  static MemorySegment primitive(MemorySegment description) {
    return create("dnnl_primitive_create", description);
  }

  /** The arguments are {@code count} structures of a role and a memory object. */
  static void execute(MemorySegment primitive, int count, MemorySegment arguments) {
    int status;
    try {
      status = (int) EXECUTE.invokeExact(primitive, STREAM, count, arguments);
    } catch (Throwable e) {
      throw NativeLibrary.failure("dnnl_primitive_execute", e);
    }
    check("dnnl_primitive_execute", status);
  }

  /** Calls a C function that writes an object to its first argument, and returns the object. */
  private static MemorySegment create(String function, Object... arguments) {
    MemorySegment object = Arena.global().allocate(ADDRESS);
    call(function, Stream.concat(Stream.of(object), Arrays.stream(arguments)).toArray());
    return object.get(ADDRESS, 0);
  }

  private static void call(String function, Object... arguments) {
    MemoryLayout[] types = Arrays.stream(arguments).map(OneDnn::type).toArray(MemoryLayout[]::new);
    MethodHandle handle = LIBRARY.function(function, FunctionDescriptor.of(JAVA_INT, types));
    int status;
    try {
      status = (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw NativeLibrary.failure(function, e);
    }
    check(function, status);
  }

  private static MemoryLayout type(Object argument) {
    return switch (argument) {
      case Integer _ -> JAVA_INT;
      case Long _ -> JAVA_LONG;
      case Float _ -> JAVA_FLOAT;
      default -> ADDRESS;
    };
  }

  private static void check(String function, int status) {
    if (status != 0) {
      throw new IllegalStateException("%s returns status %d".formatted(function, status));
    }
  }
}
