package dev.lanewise.suite.broken;

import dev.lanewise.kernels.Gemm;
import dev.lanewise.testkit.law.Engine;
import dev.lanewise.testkit.law.Law;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Kernels and adapters in a class loader of their own, with one source file edited: a broken kernel
 * beside the right one in the same process, and each at a width of its own.
 */
final class Mutant extends ClassLoader {
  private static final List<Path> SOURCES =
      List.of(Path.of("../../core/kernels/src/main/java"), Path.of("src/test/java"));
  private static final List<String> RELOADED =
      List.of("dev.lanewise.kernels.", "dev.lanewise.suite.engine.");

  private static final List<String> OPTIONS =
      List.of(
          "-proc:none",
          "-Xlint:none",
          "--add-modules=jdk.incubator.vector",
          "--class-path",
          Stream.of(Gemm.class, Law.class, Mutant.class)
              .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
              .map(location -> Path.of(URI.create(location.toString())).toString())
              .collect(Collectors.joining(File.pathSeparator)));

  private final Map<String, byte[]> edited;

  private Mutant(Map<String, byte[]> edited) {
    super(Mutant.class.getClassLoader());
    this.edited = edited;
  }

  /** The adapter of an operation on kernels that have a fault. */
  static Engine of(Fault fault) {
    try {
      return load(compile(fault), fault.subject(), fault.width());
    } catch (IOException e) {
      throw new UncheckedIOException(fault.toString(), e);
    }
  }

  /** The adapter of an operation on the kernels as they are, loaded in the same way. */
  static Engine right(Subject subject, Fault.Width width) {
    return load(Map.of(), subject, width);
  }

  /** One at a time, as system properties are everyone's. */
  private static synchronized Engine load(
      Map<String, byte[]> edited, Subject subject, Fault.Width width) {
    Map<String, String> before = new HashMap<>();
    Map<String, String> wanted =
        Map.of("lanewise.impl", width.implementation(), "lanewise.bits", width.bits());
    wanted.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      Mutant loader = new Mutant(edited);
      // The chooser reads the properties when its class is initialised.
      Class.forName("dev.lanewise.kernels.internal.Chooser", true, loader);
      return subject.engine(loader);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(subject.toString(), e);
    } finally {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null && RELOADED.stream().anyMatch(name::startsWith)) {
        byte[] bytes = edited.containsKey(name) ? edited.get(name) : bytes(name);
        loaded = defineClass(name, bytes, 0, bytes.length);
      }
      return loaded == null ? super.loadClass(name, resolve) : loaded;
    }
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static Map<String, byte[]> compile(Fault fault) throws IOException {
    String source = source(fault);
    int at = source.indexOf(fault.from());
    if (at < 0 || source.indexOf(fault.from(), at + 1) >= 0) {
      throw new IllegalStateException(
          fault + ": the text to be edited stands not once in " + fault.source());
    }
    String changed = source.replace(fault.from(), fault.to());
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Classes classes = new Classes(files);
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  classes,
                  null,
                  OPTIONS,
                  null,
                  List.of(new Text(fault.source(), changed)))
              .call();
      if (!compiled) {
        throw new IllegalStateException(fault + ": " + messages);
      }
      return classes.bytes();
    }
  }

  private static String source(Fault fault) throws IOException {
    for (Path folder : SOURCES) {
      Path file = folder.resolve(fault.source());
      if (Files.exists(file)) {
        return Files.readString(file);
      }
    }
    throw new IOException(fault + ": no " + fault.source() + " below any of " + SOURCES);
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what the compiler writes. */
  private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    Classes(JavaFileManager files) {
      super(files);
    }

    Map<String, byte[]> bytes() {
      Map<String, byte[]> bytes = new HashMap<>();
      written.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
      return bytes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream stream = new ByteArrayOutputStream();
          written.put(name, stream);
          return stream;
        }
      };
    }
  }
}
