package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.bits.Subject;
import dev.lanewise.suite.bits.Subjects;
import dev.lanewise.testkit.Checksum;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads that share the pool of work arrays get the bits that each would get alone. */
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int CALLS = 400;

  private static int checksum(Subject subject) {
    FloatMatrix[] operands =
        subject.create(List.of(Layout.PADDED), Values.ORDINARY, new Mix(subject.name().hashCode()));
    subject.operation().run(operands);
    return Checksum.of(Arrays.stream(operands).map(FloatMatrix::array).toArray(float[][]::new));
  }

  @Test
  void concurrentOperationsKeepTheirBits() throws Exception {
    List<Subject> subjects = new ArrayList<>();
    for (int size = 5; size < 100; size += 30) {
      subjects.addAll(Subjects.all(size, size + 7, size + 3, size));
    }
    int[] alone = subjects.stream().mapToInt(ConcurrencyTest::checksum).toArray();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        results.add(threads.submit(calls(thread, subjects, alone)));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    }
  }

  private static Callable<Void> calls(int seed, List<Subject> subjects, int[] alone) {
    return () -> {
      Mix mix = new Mix(seed);
      for (int call = 0; call < CALLS; call++) {
        int index = mix.below(alone.length);
        Subject subject = subjects.get(index);
        assertEquals(alone[index], checksum(subject), subject.name());
      }
      return null;
    };
  }
}
