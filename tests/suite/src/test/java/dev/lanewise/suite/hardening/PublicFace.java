package dev.lanewise.suite.hardening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a caller of a module can hand arguments to: the public constructors and methods, with at
 * least one parameter, of the public types in its exported packages.
 */
final class PublicFace {
  private PublicFace() {}

  /** That of the module that a class belongs to, in the order of the names. */
  static List<Executable> of(Class<?> member) {
    return types(member).stream()
        .flatMap(type -> Stream.concat(constructors(type), methods(type)))
        .filter(executable -> executable.getParameterCount() > 0)
        .sorted(Comparator.comparing(PublicFace::name))
        .toList();
  }

  /** Such as {@code SafeTensors.Tensor.of(FloatSpan)}, or {@code Shape(int, int)}. */
  static String name(Executable executable) {
    String type = typeName(executable.getDeclaringClass());
    String method = executable instanceof Method ? "." + executable.getName() : "";
    return Arrays.stream(executable.getParameterTypes())
        .map(PublicFace::typeName)
        .collect(Collectors.joining(", ", type + method + "(", ")"));
  }

  private static String typeName(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : typeName(outer) + ".") + type.getSimpleName();
  }

  private static List<Class<?>> types(Class<?> member) {
    try {
      Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      ModuleReference module = ModuleFinder.of(place).findAll().iterator().next();
      Set<String> packages =
          module.descriptor().exports().stream()
              .filter(exports -> !exports.isQualified())
              .map(Exports::source)
              .collect(Collectors.toSet());
      try (ModuleReader reader = module.open();
          Stream<String> files = reader.list()) {
        return files
            .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
            .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
            .filter(name -> packages.contains(name.substring(0, name.lastIndexOf('.'))))
            .<Class<?>>map(name -> load(name, member.getClassLoader()))
            .filter(PublicFace::isAccessible)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isAccessible(Class<?> type) {
    return type == null
        || (Modifier.isPublic(type.getModifiers())
            && !type.isSynthetic()
            && isAccessible(type.getEnclosingClass()));
  }

  private static Stream<Executable> constructors(Class<?> type) {
    return Arrays.stream(type.getConstructors()).map(Executable.class::cast);
  }

  /** Its own, and those that it has from types which a caller cannot name. */
  private static Stream<Executable> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !method.isSynthetic() && !isFromJdk(method))
        .filter(
            method ->
                method.getDeclaringClass() == type || !isAccessible(method.getDeclaringClass()))
        .map(Executable.class::cast);
  }

  /** Declared by the JDK, or generated for records and enums. */
  private static boolean isFromJdk(Method method) {
    Class<?> type = method.getDeclaringClass();
    boolean isEquals = method.getName().equals("equals") && method.getParameterCount() == 1;
    boolean isValueOf = type.isEnum() && method.getName().equals("valueOf");
    return type.getName().startsWith("java.") || isEquals || isValueOf;
  }

  /** Calls it, on null if it is static or a constructor; gives what it throws, or null. */
  static Throwable call(Executable executable, Examples.Call call) {
    try {
      if (executable instanceof Constructor<?> constructor) {
        constructor.newInstance(call.arguments());
      } else {
        executable.setAccessible(true); // a public method of a class that is not public
        ((Method) executable).invoke(call.receiver(), call.arguments());
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new AssertionError(name(executable) + " cannot be called: " + e, e);
    }
  }
}
