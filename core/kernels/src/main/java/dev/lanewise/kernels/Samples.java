package dev.lanewise.kernels;

/**
 * Samples of features, as {@link BatchNorm} takes them.
 *
 * <p>A {@link FloatMatrix} has a sample in each row and a feature in each column. Data with
 * channels last, (N, L, C), is the matrix of its N·L rows. A {@link FloatBatch} has channels first,
 * (N, C, L): N matrices with a row for each feature and L samples in it. Its transposed view takes
 * data with channels last and gaps between the N.
 *
 * <p>The two have an order of reduction each: down a column and along a row.
 */
public sealed interface Samples permits FloatMatrix, FloatBatch {}
