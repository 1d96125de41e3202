package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import java.util.List;

/** So many products of one shape as a batch, on so many threads; 0 is a call without workers. */
record Batching(Cases.Product p, int size, List<Stack> stacks, int threads) {
  /** How the matrices of a batch lie in one matrix: one below the other, side by side, as one. */
  enum Stack {
    ROWS,
    COLUMNS,
    SHARED,
    ROWS_TRANSPOSED,
    COLUMNS_TRANSPOSED,
    SHARED_TRANSPOSED;

    private boolean transposed() {
      return ordinal() > SHARED.ordinal();
    }

    private Stack upright() {
      return values()[ordinal() % 3];
    }

    Stack distinct() {
      return switch (this) {
        case SHARED -> ROWS;
        case SHARED_TRANSPOSED -> COLUMNS_TRANSPOSED;
        default -> this;
      };
    }

    Subject.Operand operand(String name, int size, int rows, int columns, boolean written) {
      int r = transposed() ? columns : rows;
      int s = transposed() ? rows : columns;
      return switch (upright()) {
        case ROWS -> new Subject.Operand(name, size * r, s, written);
        case COLUMNS -> new Subject.Operand(name, r, size * s, written);
        default -> new Subject.Operand(name, r, s, written);
      };
    }

    /** The batch whose matrices lie in x. */
    FloatBatch in(FloatMatrix x, int size, int rows, int columns) {
      int r = transposed() ? columns : rows;
      int s = transposed() ? rows : columns;
      int stride =
          switch (upright()) {
            case ROWS -> r * x.rowStride();
            case COLUMNS -> s * x.columnStride();
            default -> 0;
          };
      FloatBatch batch =
          FloatBatch.of(x.array(), x.offset(), size, stride, r, s, x.rowStride(), x.columnStride());
      return transposed() ? batch.transpose() : batch;
    }
  }

  @FunctionalInterface
  private interface Batched {
    void run(FloatBatch a, FloatBatch b, FloatBatch c);
  }

  @FunctionalInterface
  private interface Single {
    void run(FloatMatrix a, FloatMatrix b, FloatMatrix c);
  }

  /** Against single products by their definition, and as users call them. */
  Subject subject(float alpha, float beta) {
    return new Subject(
        "%s alpha=%s beta=%s".formatted(this, alpha, beta),
        List.of(
            stacks.get(0).operand("A", size, p.m(), p.k(), false),
            stacks.get(1).operand("B", size, p.k(), p.n(), false),
            result().operand("C", size, p.m(), p.n(), true)),
        all((a, b, c) -> run(alpha, a, b, beta, c)),
        each((a, b, c) -> Definition.gemm(alpha, a, b, beta, c)),
        each((a, b, c) -> Gemm.gemm(alpha, a, b, beta, c)));
  }

  private void run(float alpha, FloatBatch a, FloatBatch b, float beta, FloatBatch c) {
    if (threads == 0) {
      Gemm.gemm(alpha, a, b, beta, c);
    } else {
      try (Workers workers = Workers.of(threads)) {
        Gemm.gemm(alpha, a, b, beta, c, workers);
      }
    }
  }

  private Stack result() {
    return stacks.get(2).distinct();
  }

  private Subject.Action all(Batched product) {
    return x ->
        product.run(
            stacks.get(0).in(x[0], size, p.m(), p.k()),
            stacks.get(1).in(x[1], size, p.k(), p.n()),
            result().in(x[2], size, p.m(), p.n()));
  }

  private Subject.Action each(Single product) {
    return all(
        (a, b, c) -> {
          for (int i = 0; i < size; i++) {
            product.run(a.get(i), b.get(i), c.get(i));
          }
        });
  }
}
