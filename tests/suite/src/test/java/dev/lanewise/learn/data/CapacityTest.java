package dev.lanewise.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Arrays grow to the largest that there can be, and no further. */
class CapacityTest {
  private static final Position HERE =
      (found, expected) -> new DataException("here", found, expected);

  @Test
  void arraysDoubleUpToTheLargest() throws DataException {
    assertEquals(2048, Capacity.grown(1024, HERE));
    assertEquals(Capacity.LARGEST, Capacity.grown(1 << 30, HERE));
    assertEquals(Capacity.LARGEST, Capacity.grown(Capacity.LARGEST - 1, HERE));
    DataException e =
        assertThrows(DataException.class, () -> Capacity.grown(Capacity.LARGEST, HERE));
    assertEquals(
        "here: 2147483640 numbers; expected at most 2147483639, which is what an array can hold",
        e.getMessage());
  }

  @Test
  void elementsAreKept() throws DataException {
    assertArrayEquals(new float[] {1, 2, 0}, Capacity.resized(new float[] {1, 2}, 3, HERE));
    assertArrayEquals(new int[] {1}, Capacity.resized(new int[] {1, 2}, 1, HERE));
  }
}
