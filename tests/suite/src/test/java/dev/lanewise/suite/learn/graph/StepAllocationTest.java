package dev.lanewise.suite.learn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps and runs allocate nothing, a short last batch included: 0 B in a hundred epochs. */
@Tag("allocation")
class StepAllocationTest {
  private static final int EPOCHS = 100;
  private static final long LIMIT_NANOS = 60_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Placeholder x = Placeholder.batch("x", 24);
  private final ClassLabels y = ClassLabels.of("y");
  private final Node logits =
      Sequential.of(
              Layers.denseWithoutBias(40),
              Layers.batchNorm(),
              Layers.relu(),
              Layers.dropout(0.2),
              Layers.dense(40),
              Layers.relu(),
              Layers.layerNorm(),
              Layers.dense(10))
          .apply(x, "net");

  private final FloatMatrix full = FloatMatrix.zeros(32, 24);
  private final FloatMatrix rest = full.rows(0, 11);
  private final Labels fullLabels = Labels.of(new int[32]);
  private final Labels restLabels = fullLabels.slice(0, 11);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "3, 1", "3, 2"})
  void allocatesNothing(int shards, int threads) {
    assumeTrue(!Lanes.reason().contains("slow"), Lanes.describe());
    Arrays.fill(full.array(), 0.1f);
    try (Workers workers = Workers.of(threads)) {
      Session session =
          Session.of(Optimizer.adamW(0.001, 0.01).clippedTo(1e-3).minimize(logits.crossEntropy(y)))
              .outputs(logits)
              .capacity(32)
              .shards(shards)
              .workers(workers)
              .build();
      long start = System.nanoTime();
      long allocated;
      do {
        allocated = allocatedBy(session);
      } while (allocated > 0 && System.nanoTime() - start < LIMIT_NANOS);
      assertEquals(0, allocated, "bytes in " + EPOCHS + " epochs");
    }
  }

  private long allocatedBy(Session session) {
    long[] helpers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("lanewise-"))
            .mapToLong(Thread::threadId)
            .toArray();
    long before = allocatedBy(helpers) + THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < EPOCHS; i++) {
      session.feed(x, full).feed(y, fullLabels).step(0.5);
      session.feed(x, rest).feed(y, restLabels).step(0.5);
      session.run(Mode.INFERENCE, logits);
    }
    long own = THREADS.getCurrentThreadAllocatedBytes();
    return own + allocatedBy(helpers) - before;
  }

  private static long allocatedBy(long[] threads) {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).filter(bytes -> bytes > 0).sum();
  }
}
