package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.FloatPanels;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import dev.lanewise.kernels.internal.vector.VectorGemm;

/**
 * A copy of a matrix in the order in which products read their right factor. A product with more
 * than some 50 rows and a B beyond 64 KB makes such a copy on every call; weights that serve many
 * calls are copied once. For small products and single rows the matrix itself is as good.
 *
 * <p>The copy does not follow later changes of the matrix. It is immutable, and any number of
 * threads may use it. It takes the matrix's size, its last columns filled up to a whole vector.
 * Products with it have the bits that they have with the matrix.
 */
public final class PackedMatrix implements FloatFactor {
  private static final String NAME = "PackedMatrix";

  private final FloatPanels panels;

  private PackedMatrix(FloatPanels panels) {
    this.panels = panels;
  }

  /**
   * Copies a matrix.
   *
   * @param b the matrix, with any strides
   * @return the copy
   * @throws NullPointerException if the matrix is null
   * @throws IllegalArgumentException if the copy does not fit into an array
   */
  public static PackedMatrix of(FloatMatrix b) {
    Checks.notNull(NAME, "B", b);
    boolean vector = Chooser.vector();
    if (vector) {
      Checks.fits(NAME, b.rows(), b.columns(), VectorGemm.packedSize(b.rows(), b.columns()));
    } else {
      Checks.size(NAME, b.rows(), b.columns());
    }
    FloatPanels panels =
        vector
            ? VectorGemm.pack(
                b.rows(), b.columns(), b.array(), b.offset(), b.rowStride(), b.columnStride())
            : ScalarGemm.pack(
                b.rows(), b.columns(), b.array(), b.offset(), b.rowStride(), b.columnStride());
    return new PackedMatrix(panels);
  }

  @Override
  public int rows() {
    return panels.rows();
  }

  @Override
  public int columns() {
    return panels.columns();
  }

  FloatPanels panels() {
    return panels;
  }

  /**
   * The shape in one line, for messages.
   *
   * @return for example {@code 3×4 (packed)}
   */
  @Override
  public String toString() {
    return rows() + "×" + columns() + " (packed)";
  }
}
