package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.ShardSource.Step;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.spark.LanewiseClassifier;
import dev.lanewise.spark.SparkNetwork;
import dev.lanewise.spark.SparkObjective;
import dev.lanewise.spark.SparkShards;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * Every public method and constructor of this module with bad input, as the suite has it for the
 * other modules: each argument in turn is replaced by the bad values of its type. What Spark
 * declares is called by Spark, and left out.
 */
class SparkBadInputTest {
  private static final SparkNetwork NETWORK =
      () -> new MultilayerPerceptron(2, List.of(2), 2, 0).network();

  private static final SparkObjective OBJECTIVE = trial -> 0;

  private static final Map<Class<?>, List<Object>> BAD =
      Map.of(
          int.class,
          List.of(0, -1, Integer.MIN_VALUE),
          double.class,
          List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1.0),
          int[].class,
          List.of(new int[] {1, 0}, new int[] {-1}),
          String.class,
          List.of("nonsense"));

  /** With why. */
  private static final Map<String, String> ACCEPTED =
      Map.of("LanewiseClassifier(String) nonsense", "any name will do");

  private final List<String> complaints = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private int cases;

  @Test
  void everyMethodRefusesBadInput() throws IOException {
    try (SparkSession session = Loopback.session("local[1]").getOrCreate();
        SparkShards shards = SparkShards.of(session, NETWORK, data())) {
      Map<Class<?>, Object> good =
          Map.of(
              SparkSession.class,
              session,
              SparkShards.class,
              shards,
              SparkNetwork.class,
              NETWORK,
              Dataset.class,
              data(),
              Study.class,
              Study.of(Space.empty().integer("n", 1, 2), Sampler.random(1), OBJECTIVE),
              Step.class,
              new Step(0, 0, 2, 1, 0),
              Session.class,
              session());
      for (JavaClass type : SparkArchitectureTest.SPARK) {
        if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
          ours(type.reflect()).forEach(executable -> spoil(executable, good));
        }
      }
    }
    assertEquals(List.of(), complaints);
    assertEquals(ACCEPTED.keySet(), used);
    assertTrue(cases > 30, cases + " cases");
    System.out.println("bad input to dev.lanewise.spark: " + cases + " cases");
  }

  /** Ends of intervals that do not belong to them. */
  @Test
  void openEndsAreRefused() {
    LanewiseClassifier classifier = new LanewiseClassifier();
    assertThrows(IllegalArgumentException.class, () -> classifier.setLearningRate(0));
    assertThrows(IllegalArgumentException.class, () -> classifier.setInputEps(0));
    assertThrows(IllegalArgumentException.class, () -> classifier.setDropout(1));
  }

  /** Of other numbers and of other elements. */
  @Test
  void aTrainingSetThatTheExecutorsDoNotHaveIsRefused() throws IOException {
    Trainer trainer = Trainer.of(NETWORK.get(), Optimizer.gradientDescent(1), 1);
    Trainer sharded;
    try (SparkSession session = Loopback.session("local[1]").getOrCreate();
        SparkShards shards = SparkShards.of(session, NETWORK, data())) {
      sharded = trainer.withShardSource(shards);
      sharded.begin(data());
      assertRefused(
          "the training set has 1 samples of 2 features but the executors have 2 of 2",
          sharded,
          data().rows(0, 1));
      Dataset relabelled = new Dataset(data().inputs(), Labels.of(0, 0), data().classes());
      assertRefused("sample 1 of the training set", sharded, relabelled);
      Dataset rescaled = data();
      rescaled.inputs().set(0, 1, 3);
      assertRefused("sample 0 of the training set", sharded, rescaled);
    }
    Trainer closed = sharded;
    assertThrows(IllegalStateException.class, () -> closed.begin(data()));
  }

  private static void assertRefused(String words, Trainer trainer, Dataset data) {
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> trainer.begin(data));
    assertTrue(thrown.getMessage().contains(words), thrown.getMessage());
  }

  private static Dataset data() {
    return new Dataset(FloatMatrix.zeros(2, 2), Labels.of(0, 1), List.of("0", "1"));
  }

  private static Session session() {
    Variable w = Variable.scalar("w", 0);
    return Session.of(Optimizer.gradientDescent(1).minimize(w.squared())).build();
  }

  /** What this module declares itself. */
  private static List<Executable> ours(Class<?> type) {
    List<Executable> ours = new ArrayList<>(List.of(type.getConstructors()));
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !isSparks(type.getSuperclass(), method))
        .forEach(ours::add);
    return ours;
  }

  private static boolean isSparks(Class<?> type, Method method) {
    return type != null
        && (Arrays.stream(type.getMethods())
                .anyMatch(
                    other ->
                        other.getName().equals(method.getName())
                            && other.getParameterCount() == method.getParameterCount())
            || isSparks(type.getSuperclass(), method));
  }

  private void spoil(Executable executable, Map<Class<?>, Object> good) {
    Class<?>[] types = executable.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      List<Object> bad = new ArrayList<>(BAD.getOrDefault(types[i], List.of()));
      if (!types[i].isPrimitive()) {
        bad.add(null);
      }
      for (Object value : bad) {
        Object[] arguments = Arrays.stream(types).map(good::get).toArray();
        arguments[i] = value;
        check(executable, good, arguments, value);
      }
    }
  }

  private void check(
      Executable executable, Map<Class<?>, Object> good, Object[] arguments, Object value) {
    String types =
        String.join(
            ", ", Arrays.stream(executable.getParameterTypes()).map(Class::getSimpleName).toList());
    String call =
        executable instanceof Constructor
            ? executable.getDeclaringClass().getSimpleName()
            : executable.getDeclaringClass().getSimpleName() + "." + executable.getName();
    String name = "%s(%s) %s".formatted(call, types, text(value));
    cases++;
    Throwable thrown = call(executable, good, arguments);
    if (ACCEPTED.containsKey(name)) {
      used.add(name);
      if (thrown != null) {
        complaints.add(name + ": refused: " + thrown);
      }
      return;
    }
    boolean isRefusal =
        value == null
            ? thrown instanceof NullPointerException
            : thrown instanceof IllegalArgumentException || thrown instanceof AnalysisException;
    String words = value == null ? " is null" : text(value);
    if (!isRefusal || thrown.getMessage() == null || !thrown.getMessage().contains(words)) {
      complaints.add(name + ": " + thrown);
    }
  }

  private static String text(Object value) {
    return value instanceof int[] numbers
        ? Arrays.toString(numbers).replace(" ", "").replaceAll("[\\[\\]]", "")
        : String.valueOf(value);
  }

  private static Throwable call(
      Executable executable, Map<Class<?>, Object> good, Object[] arguments) {
    try {
      if (executable instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        Object receiver =
            good.getOrDefault(executable.getDeclaringClass(), new LanewiseClassifier());
        ((Method) executable)
            .invoke(Modifier.isStatic(executable.getModifiers()) ? null : receiver, arguments);
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
