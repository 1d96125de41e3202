package dev.lanewise.bench.peer;

/**
 * How samples of features lie in an array: channels first, N×C×L, or with the features innermost,
 * N×L×C, of which a matrix is the case N = 1. Each of the N·L places holds a sample.
 *
 * @param size N
 * @param features C
 * @param places L
 * @param channelsFirst whether a row of the innermost extent is of one feature
 */
public record SampleLayout(int size, int features, int places, boolean channelsFirst) {
  /**
   * A sample in each row and a feature in each column.
   *
   * @param samples the rows
   * @param features the columns
   * @return the layout
   */
  public static SampleLayout matrix(int samples, int features) {
    return new SampleLayout(1, features, samples, false);
  }

  /**
   * Matrices with a row for each feature.
   *
   * @param size the number of matrices
   * @param features the rows of each
   * @param places the columns of each
   * @return the layout
   */
  public static SampleLayout channelsFirst(int size, int features, int places) {
    return new SampleLayout(size, features, places, true);
  }

  /**
   * The number of samples.
   *
   * @return N·L
   */
  public int samples() {
    return size * places;
  }

  /**
   * The number of elements.
   *
   * @return N·C·L
   */
  public int elements() {
    return size * features * places;
  }

  /**
   * The innermost extent.
   *
   * @return L or C
   */
  public int rowLength() {
    return channelsFirst ? places : features;
  }

  /**
   * Where an element lies.
   *
   * @param sample its sample, those of a place in N behind those of the last one
   * @param feature its feature
   * @return the index in the array
   */
  public int index(int sample, int feature) {
    return channelsFirst
        ? (sample / places * features + feature) * places + sample % places
        : sample * features + feature;
  }
}
