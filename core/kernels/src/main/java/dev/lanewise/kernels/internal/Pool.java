package dev.lanewise.kernels.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded lock-free pool of objects that are used again, so that steady work allocates nothing.
 *
 * @param <T> their type
 */
public final class Pool<T> {
  private final AtomicReferenceArray<T> slots;

  /** A pool that keeps at most so many. */
  public Pool(int most) {
    slots = new AtomicReferenceArray<>(most);
  }

  /** Takes one out, or null. */
  public T take() {
    for (int slot = 0; slot < slots.length(); slot++) {
      if (slots.getPlain(slot) != null) {
        T object = slots.getAndSet(slot, null);
        if (object != null) {
          return object;
        }
      }
    }
    return null;
  }

  /** Puts one back; it must not be used afterwards. */
  public void give(T object) {
    for (int slot = 0; slot < slots.length(); slot++) {
      if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, object)) {
        return;
      }
    }
  }
}
