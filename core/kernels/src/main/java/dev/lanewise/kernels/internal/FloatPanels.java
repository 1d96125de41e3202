package dev.lanewise.kernels.internal;

/**
 * A right factor of rows by columns elements, copied block by block: blocks of {@code width}
 * columns, in each of them blocks of {@code depth} rows, in each of these a panel for each tile.
 * Scalar code, and a factor of a single column, have all elements row by row.
 *
 * @param rows the number of rows
 * @param columns the number of columns
 * @param depth the most rows of a block
 * @param width the most columns of a block; all but the last have so many
 * @param array the elements
 */
public record FloatPanels(int rows, int columns, int depth, int width, float[] array) {}
