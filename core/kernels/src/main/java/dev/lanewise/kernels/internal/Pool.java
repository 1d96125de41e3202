package dev.lanewise.kernels.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A bounded lock-free pool of objects that are used again, so that steady work allocates nothing.
 *
 * <p>Objects may be of several kinds, numbered from 0 on, which only the pool's user knows.
 *
 * @param <T> their type
 */
public final class Pool<T> {
  private final AtomicReferenceArray<T> slots;
  private final int most;
  private final IntFunction<T> maker;

  /** A pool of one kind of objects, made by the maker, that keeps at most so many. */
  public Pool(int most, Supplier<T> maker) {
    this(1, most, kind -> maker.get());
  }

  /** A pool of several kinds of objects, made by the maker, that keeps at most so many of each. */
  public Pool(int kinds, int most, IntFunction<T> maker) {
    slots = new AtomicReferenceArray<>(kinds * most);
    this.most = most;
    this.maker = maker;
  }

  /** Takes one of the only kind out, or makes one. */
  public T take() {
    return take(0);
  }

  /** Takes one of this kind out, or makes one. */
  public T take(int kind) {
    int first = kind * most;
    for (int slot = first; slot < first + most; slot++) {
      if (slots.getPlain(slot) != null) {
        T object = slots.getAndSet(slot, null);
        if (object != null) {
          return object;
        }
      }
    }
    return maker.apply(kind);
  }

  /** Puts one of the only kind back; it must not be used afterwards. */
  public void give(T object) {
    give(0, object);
  }

  /** Puts one of this kind back; it must not be used afterwards. */
  public void give(int kind, T object) {
    int first = kind * most;
    for (int slot = first; slot < first + most; slot++) {
      if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, object)) {
        return;
      }
    }
  }
}
