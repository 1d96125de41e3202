package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.internal.Checks;
import java.util.Objects;

/**
 * The samples of a data set in batches: batch b has the samples at positions b · batchSize to (b +
 * 1) · batchSize of the epoch's order, and the last batch those that are left, which may be fewer.
 *
 * <p>The order of an epoch is a permutation that depends on the number of samples, the seed and the
 * epoch alone. A new object has that of epoch 0. After construction nothing is allocated. One
 * thread may use an object at a time.
 */
public final class MiniBatches {
  private static final String NAME = "MiniBatches";

  private final int[] order;
  private final int batchSize;
  private final long seed;
  private final boolean shuffled;

  /**
   * Batches in an order that {@link #shuffle(int)} draws for each epoch, as in training.
   *
   * @param samples the number of samples
   * @param batchSize the number of samples in each batch but the last, at least 1
   * @param seed which orders are drawn
   * @throws IllegalArgumentException if the number of samples is negative or the size below 1
   */
  public MiniBatches(int samples, int batchSize, long seed) {
    this(samples, batchSize, seed, true);
  }

  private MiniBatches(int samples, int batchSize, long seed, boolean shuffled) {
    if (samples < 0 || batchSize < 1) {
      throw new IllegalArgumentException(
          "%s: %d samples in batches of %d; samples must be at least 0 and batches at least 1"
              .formatted(NAME, samples, batchSize));
    }
    this.order = new int[samples];
    this.batchSize = batchSize;
    this.seed = seed;
    this.shuffled = shuffled;
    shuffle(0);
  }

  /**
   * Batches in the order of the samples in every epoch, as in evaluation.
   *
   * @param samples the number of samples
   * @param batchSize the number of samples in each batch but the last, at least 1
   * @return the batches
   * @throws IllegalArgumentException if the number of samples is negative or the size below 1
   */
  public static MiniBatches inOrder(int samples, int batchSize) {
    return new MiniBatches(samples, batchSize, 0, false);
  }

  /**
   * Takes the order of an epoch.
   *
   * @param epoch the epoch
   */
  public void shuffle(int epoch) {
    if (shuffled) {
      Shuffle.permutation(order, seed, Shuffle.EPOCH, epoch);
    } else {
      Shuffle.identity(order);
    }
  }

  /**
   * The number of batches in an epoch.
   *
   * @return ceil(samples / batchSize)
   */
  public int count() {
    return Math.ceilDiv(order.length, batchSize);
  }

  /**
   * The number of samples in a batch.
   *
   * @param batch the index of the batch
   * @return the batch size, of the last batch what is left
   * @throws IndexOutOfBoundsException if there is no such batch
   */
  public int size(int batch) {
    return Math.min(batchSize, order.length - start(batch));
  }

  /**
   * A sample of a batch.
   *
   * @param batch the index of the batch
   * @param i the position in the batch
   * @return the index of the sample in the data set
   * @throws IndexOutOfBoundsException if there is no such batch or position
   */
  public int row(int batch, int i) {
    return order[start(batch) + Objects.checkIndex(i, size(batch))];
  }

  private int start(int batch) {
    return Objects.checkIndex(batch, count()) * batchSize;
  }

  /**
   * Copies a batch into the first rows of a matrix and the first elements of an array. What lies
   * behind them stays as it is.
   *
   * @param data the data set, of as many samples as these batches
   * @param batch the index of the batch
   * @param inputs takes the rows; a dense row-major matrix of an array other than the data set's
   * @param labels takes the labels
   * @return the number of samples in the batch
   * @throws NullPointerException if an argument is null
   * @throws IndexOutOfBoundsException if there is no such batch
   * @throws IllegalArgumentException if the data set has another number of samples, or a
   *     destination does not fit; nothing is written then
   */
  public int gather(Dataset data, int batch, FloatMatrix inputs, int[] labels) {
    int size = size(batch);
    check(data, size, inputs, labels);
    int start = start(batch);
    for (int i = 0; i < size; i++) {
      int row = order[start + i];
      data.copyRow(row, inputs.array(), inputs.offset() + i * data.features());
      labels[i] = data.labels().get(row);
    }
    return size;
  }

  @SuppressWarnings("ReferenceEquality") // arrays: the very array is meant, not equal contents
  private void check(Dataset data, int size, FloatMatrix inputs, int[] labels) {
    Checks.notNull(NAME, "data", data);
    Checks.notNull(NAME, "inputs", inputs);
    Checks.notNull(NAME, "labels", labels);
    if (data.samples() != order.length) {
      throw new IllegalArgumentException(
          "%s: the data set has %d samples; these are batches of %d"
              .formatted(NAME, data.samples(), order.length));
    }
    if (inputs.rows() < size
        || inputs.columns() != data.features()
        || inputs.columnStride() != 1
        || inputs.rowStride() != inputs.columns()
        || inputs.array() == data.inputs().array()) {
      throw new IllegalArgumentException(
          ("%s: inputs is %s; it must be dense and row-major with at least %d rows of %d columns,"
                  + " in another array than the data set's")
              .formatted(NAME, inputs, size, data.features()));
    }
    if (labels.length < size) {
      throw new IllegalArgumentException(
          "%s: labels has length %d; it must have at least %d"
              .formatted(NAME, labels.length, size));
    }
  }
}
