package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.suite.hardening.BadValues.Bad;
import dev.lanewise.suite.hardening.Examples.Call;
import dev.lanewise.suite.hardening.Exceptions.Verdict;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public method and constructor of the core's modules and of the kit with bad input: each
 * argument in turn is replaced by what its type has of bad values. The call is refused by an
 * exception of the right type with a message that says what was bad, and nothing is written; or a
 * table says with a reason that the value is good. A method that is not called validly first,
 * because the tables do not know how, fails the test.
 */
class BadInputTest {
  private static final Set<Class<?>> REFUSALS =
      Set.of(
          IllegalArgumentException.class,
          NullPointerException.class,
          IndexOutOfBoundsException.class,
          IllegalStateException.class);

  @TempDir Path folder;

  private final List<String> complaints = new ArrayList<>();
  private Exceptions exceptions;
  private long cases;

  @Test
  void kernelsRefuseBadInput() {
    KernelCalls calls = new KernelCalls();
    run(dev.lanewise.kernels.Gemm.class, calls.examples(), calls.exceptions());
  }

  @Test
  void learnRefusesBadInput() {
    LearnCalls calls = new LearnCalls(folder);
    run(dev.lanewise.learn.graph.Node.class, calls.examples(), calls.exceptions());
  }

  @Test
  void kitRefusesBadInput() {
    KitCalls calls = new KitCalls();
    run(dev.lanewise.testkit.Bound.class, calls.examples(), calls.exceptions());
  }

  private void run(Class<?> member, Examples examples, Exceptions stated) {
    exceptions = stated;
    for (Executable executable : PublicFace.of(member)) {
      if (exceptions.verdict(PublicFace.name(executable)) != Verdict.NOT_RUN) {
        spoil(executable, examples);
      }
    }
    examples.unused().forEach(name -> complaints.add("no such method: " + name));
    exceptions.unused().forEach(rule -> complaints.add("matches no case: " + rule));
    assertEquals("", String.join("\n", complaints));
    Soak.report("bad input to " + member.getPackageName(), cases);
  }

  private void spoil(Executable executable, Examples examples) {
    String name = PublicFace.name(executable);
    Set<Integer> outputs;
    try {
      outputs = outputs(executable, examples.of(executable));
    } catch (IllegalArgumentException e) {
      complaints.add(name + " is not called: " + e.getMessage());
      return;
    }
    Class<?>[] types = executable.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      String parameter = "%s #%d %s ".formatted(name, i, types[i].getSimpleName());
      for (Bad bad : BadValues.of(types[i], examples.of(executable).arguments()[i])) {
        Call call = examples.of(executable);
        call.arguments()[i] = bad.value();
        check(parameter + bad.name(), executable, call, bad.words());
      }
      for (int output : outputs) {
        Call call = examples.of(executable);
        Object[] all = call.arguments();
        Object overlapping = i == output ? null : BadValues.overlapping(all[i], all[output]);
        if (overlapping != null) {
          all[i] = overlapping;
          check(parameter + "over #" + output, executable, call, "overlap");
        }
      }
    }
  }

  /** Calls validly; gives the numbers of the arguments that are written. */
  private static Set<Integer> outputs(Executable executable, Call call) {
    Object[] arguments = call.arguments();
    String[] before = Arrays.stream(arguments).map(Written::contents).toArray(String[]::new);
    Throwable thrown = PublicFace.call(executable, call);
    if (thrown != null) {
      throw new IllegalArgumentException("its example is refused: " + thrown, thrown);
    }
    Set<Integer> outputs = new TreeSet<>();
    for (int i = 0; i < arguments.length; i++) {
      if (!before[i].equals(Written.contents(arguments[i]))) {
        outputs.add(i);
      }
    }
    return outputs;
  }

  private void check(String name, Executable executable, Call call, String words) {
    Verdict verdict = exceptions.verdict(name);
    if (verdict == Verdict.NOT_RUN) {
      return;
    }
    cases++;
    Written written = new Written(call);
    Throwable thrown = PublicFace.call(executable, call);
    String fault = "";
    if (verdict == Verdict.ACCEPTED) {
      fault = thrown == null ? "" : "refused";
    } else if (thrown == null) {
      fault = "not refused";
    } else {
      fault = fault(executable, thrown);
      if (fault.isEmpty() && verdict == Verdict.REFUSED) {
        fault = faultOfMessage(thrown, name.matches(".* null( inside| key)?") ? " is null" : words);
      }
      fault += written.isAnything() ? ", something is written" : "";
    }
    if (!fault.isEmpty()) {
      complaints.add("%s: %s: %s".formatted(name, fault, thrown));
    }
  }

  /** What is wrong with an exception as the refusal of a bad value; empty if nothing is. */
  private static String fault(Executable executable, Throwable thrown) {
    boolean isDeclared =
        thrown instanceof IOException
            && Arrays.stream(executable.getExceptionTypes())
                .anyMatch(type -> type.isInstance(thrown));
    return isDeclared || REFUSALS.contains(thrown.getClass()) ? "" : "wrong exception";
  }

  private static String faultOfMessage(Throwable thrown, String words) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      return "no message";
    }
    if (message.startsWith("Cannot ")) {
      return "refused by the JVM only";
    }
    boolean isNamed = Arrays.stream(words.split("\\|")).anyMatch(message::contains);
    return isNamed ? "" : "no '%s' in the message".formatted(words);
  }
}
