package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.Examples.arguments;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatFactor;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Targets;
import dev.lanewise.kernels.Workers;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/**
 * How the kernels are called, and which values they accept. All matrices are 3×3 and all spans 3
 * long, so that nearly every operation fits.
 */
final class KernelCalls {
  private static final Workers WORKERS = Workers.of(2);

  Examples examples() {
    Examples examples = new Examples();
    values(examples);
    examples
        .call("DoubleMatrix.of(double[], int, int)", () -> arguments(new double[9], 3, 3))
        .call(
            "DoubleMatrix.of(double[], int, int, int, int, int)",
            () -> arguments(new double[9], 0, 3, 3, 3, 1))
        .call("FloatMatrix.of(float[], int, int)", () -> arguments(new float[9], 3, 3))
        .call(
            "FloatMatrix.of(float[], int, int, int, int, int)",
            () -> arguments(new float[9], 0, 3, 3, 3, 1))
        .call("FloatBatch.of(float[], int, int, int)", () -> arguments(new float[27], 3, 3, 3))
        .call(
            "FloatBatch.of(float[], int, int, int, int, int, int, int)",
            () -> arguments(new float[27], 0, 3, 9, 3, 3, 3, 1))
        .call("FloatSpan.of(float[], int, int)", () -> arguments(new float[3], 0, 3))
        .call("FloatSpan.of(float[], int, int, int)", () -> arguments(new float[3], 0, 3, 1))
        .call("Labels.of(int[], int, int)", () -> arguments(new int[3], 0, 3))
        .on(
            "FloatMatrix.broadcast(int, int)",
            () -> FloatMatrix.zeros(1, 1),
            () -> arguments(3, 3));
    return examples;
  }

  /** A value for each type of the kernels, which the graph's tables use as well. */
  static void values(Examples examples) {
    examples
        .value(int.class, () -> 1)
        .value(long.class, () -> 1L)
        .value(float.class, () -> 0.5f)
        .value(double.class, () -> 0.5)
        .value(boolean.class, () -> true)
        .value(float[].class, () -> floats(9))
        .value(double[].class, () -> new double[9])
        .value(int[].class, () -> new int[3])
        .value(FloatMatrix.class, () -> FloatMatrix.of(floats(16), 2, 3, 3, 3, 1))
        .value(
            DoubleMatrix.class,
            () -> DoubleMatrix.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3))
        .value(FloatBatch.class, () -> FloatBatch.of(floats(27), 3, 3, 3))
        .value(FloatSpan.class, () -> FloatSpan.of(floats(12), 2, 3))
        .value(FloatFactor.class, () -> FloatMatrix.of(floats(9), 3, 3))
        .value(Samples.class, () -> FloatMatrix.of(floats(16), 2, 3, 3, 3, 1))
        .value(Targets.class, () -> Labels.of(2, 0, 1))
        .value(Labels.class, () -> Labels.of(2, 0, 1))
        .value(Workers.class, () -> WORKERS)
        .value(Executor.class, () -> (Executor) Runnable::run)
        .value(IntConsumer.class, () -> (IntConsumer) i -> {})
        .value(Activation.class, () -> Activation.SIGMOID)
        .value(CrossEntropy.class, () -> CrossEntropy.MEAN)
        .value(BinaryCrossEntropy.class, () -> BinaryCrossEntropy.MEAN)
        .value(Epilogue.class, Epilogue::relu)
        .value(RunningAverage.class, () -> RunningAverage.KERAS)
        .value(BatchNorm.class, () -> new BatchNorm(span(), span(), 1e-5))
        .value(LayerNorm.class, () -> new LayerNorm(span(), span(), 1e-5))
        .value(RmsNorm.class, () -> new RmsNorm(span(), 1e-5))
        .value(BatchStatistics.class, KernelCalls::statistics)
        .value(Standardize.class, KernelCalls::standardize);
  }

  private static float[] floats(int length) {
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (i * 7 % 11 + 1) / 16f;
    }
    return floats;
  }

  private static FloatSpan span() {
    return FloatSpan.of(floats(3));
  }

  private static BatchStatistics statistics() {
    BatchStatistics statistics = new BatchStatistics(3);
    statistics.compute(FloatMatrix.of(floats(9), 3, 3));
    return statistics;
  }

  private static Standardize standardize() {
    Standardize standardize = new Standardize(3, 1e-5);
    standardize.fit(FloatMatrix.of(floats(9), 3, 3));
    return standardize;
  }

  Exceptions exceptions() {
    Exceptions exceptions = new Exceptions();
    numbers(exceptions);
    views(exceptions);
    return exceptions;
  }

  private static void numbers(Exceptions exceptions) {
    String any = "any number names something, and is no extent";
    String empty = "what is empty is a shape like others";
    exceptions
        .notRun("Workers\\.of\\(int\\) #0 int 2147483647", "it takes what memory allows")
        .notRun("Workers\\.forEach\\(.* 2147483647", "it would take minutes")
        .accepted("Workers\\.of\\(int, Executor\\) #0 int 2147483647", "an executor bounds them")
        .accepted(".*\\.[gs]et\\(int.* #[01] int 0", "an index")
        .accepted(".*\\.(rows?|columns?|slice|mean|variance)\\(int.* #0 int 0", "an index")
        .accepted(".*\\.of\\((float|double|int)\\[\\].* int 0", empty + ", strides may be 0")
        .accepted("(Double|Float)(Matrix|Span)\\.(zeros|broadcast)\\(.* int 0", empty)
        .accepted("(BatchStatistics|Standardize)\\(int.* #0 int 0", empty)
        .accepted("BatchStatistics\\.take\\(.* #1 int 0", "an index")
        .accepted("BatchStatistics\\.take\\(.* long 9223372036854775807", "as many samples as any")
        .accepted("Workers\\.forEach\\(.* int 0", "there is nothing to do")
        .accepted("FloatMatrix\\.broadcast\\(.* 2147483647", "its strides are 0")
        .accepted(".*\\.set\\(.* (float|double) .*", "an element may be any number")
        .accepted("Gemm\\.gemm\\(.* #[03] (float|double) .*", "factors, as IEEE 754 has them")
        .accepted("Activation\\.leakyRelu\\(.* -1\\.0", "a slope may fall")
        .accepted("Dropout\\.apply\\(.* #[345] .*", any)
        .accepted("Philox\\..* #[012] .*", any)
        .accepted("Philox\\..* #3 long (0|9223372036854775807)", any)
        .accepted("Philox\\.below\\(.* #4 int 2147483647", "the largest bound")
        .accepted("(Classification\\.accuracy|CrossEntropy\\.ignoring)\\(.* #\\d int .*", any)
        .accepted("Classification\\.topKAccuracy\\(.* 2147483647", "all classes are among them")
        .accepted("Update\\.adam.* long 9223372036854775807", "a step like others");
  }

  private static void views(Exceptions exceptions) {
    String free = "this extent is the caller's";
    exceptions
        .accepted(
            "(BatchNorm\\.fold|.*\\.(compute|fit)|Reduce\\.column(s|Argmax))\\(.* a row more", free)
        .accepted(
            "(Classification|Reduce)\\.(accuracy|topK.*|row(s|Argmax))\\(.* a column more", free)
        .accepted("LogSumExp\\.forward\\(.* a column more", free)
        .accepted("CrossEntropy\\.loss(es)?\\(.* #0 FloatMatrix a column more", free)
        .accepted(
            "(PackedMatrix\\.of|Reduce\\.(all|argmax))\\(.* (a row more|a column more|empty)", free)
        .accepted(
            "(CrossEntropy\\.withWeights|Epilogue\\.bias.*|RmsNorm)\\(.* #0 FloatSpan .*er", free)
        .accepted("(FloatSpan|Labels)\\.of\\([a-z]*\\[\\]\\) #0 .* empty", free)
        .accepted(
            "(Classification\\.topK|Reduce\\..*Argmax)\\(.* Labels a .*class.*",
            "they are written");
  }
}
