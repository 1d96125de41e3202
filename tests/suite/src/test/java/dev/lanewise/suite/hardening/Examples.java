package dev.lanewise.suite.hardening;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Valid calls of a module's methods: a value for each type, and arguments of their own for the
 * methods that it does not suit. All are made anew for each call.
 */
final class Examples {
  private final Map<Class<?>, Supplier<?>> values = new HashMap<>();
  private final Map<String, Supplier<Call>> calls = new LinkedHashMap<>();
  private final Set<String> used = new TreeSet<>();

  /** A receiver, null if there is none, and arguments. */
  record Call(Object receiver, Object[] arguments) {}

  /** What stands for a type, as an argument and as a receiver. */
  <T> Examples value(Class<T> type, Supplier<? extends T> value) {
    values.put(type, value);
    return this;
  }

  /** The arguments of one method; its receiver is what stands for its type. */
  Examples call(String method, Supplier<Object[]> arguments) {
    return on(method, null, arguments);
  }

  /** A method's receiver and arguments. */
  Examples on(String method, Supplier<?> receiver, Supplier<Object[]> arguments) {
    calls.put(method, () -> new Call(receiver == null ? null : receiver.get(), arguments.get()));
    return this;
  }

  /** A method's receiver and arguments that belong together. */
  Examples made(String method, Supplier<Call> call) {
    calls.put(method, call);
    return this;
  }

  static Object[] arguments(Object... arguments) {
    return arguments;
  }

  /** A valid call. */
  Call of(Executable executable) {
    String name = PublicFace.name(executable);
    Supplier<Call> own = calls.get(name);
    if (own != null) {
      used.add(name);
      Call call = own.get();
      return call.receiver != null ? call : new Call(receiver(executable), call.arguments);
    }
    Class<?>[] types = executable.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = of(types[i]);
    }
    return new Call(receiver(executable), arguments);
  }

  private Object receiver(Executable executable) {
    boolean isStatic =
        executable instanceof Constructor<?> || Modifier.isStatic(executable.getModifiers());
    return isStatic ? null : of(executable.getDeclaringClass());
  }

  private Object of(Class<?> type) {
    Supplier<?> value = values.get(type);
    if (value != null) {
      return value.get();
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    throw new IllegalArgumentException("there is no example of " + type.getName());
  }

  /** The methods with arguments of their own that nobody has asked for. */
  Set<String> unused() {
    Set<String> rest = new TreeSet<>(calls.keySet());
    rest.removeAll(used);
    return rest;
  }
}
