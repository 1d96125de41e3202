package dev.lanewise.suite.laws;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.lanewise.suite.engine.PlainGemm;
import dev.lanewise.testkit.contract.Contract;
import dev.lanewise.testkit.contract.GemmContract;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.operand.Operand;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contracts of jqwik say what the laws say, skip what is undeclared and shrink. */
class ContractsTest {
  private static final List<Contract<?>> CONTRACTS =
      List.of(
          new LanewiseGemmTest(),
          new LanewiseSoftmaxTest(),
          new LanewiseCrossEntropyTest(),
          new LanewiseBatchNormTest(),
          new LanewiseLayerNormTest(),
          new LanewiseReluTest(),
          new LanewiseAdamTest(),
          new LanewiseSoftmaxBitsTest());

  @Test
  void everyLawIsAPropertyOfItsNameAndNothingElseIs() {
    for (Contract<?> contract : CONTRACTS) {
      Set<String> laws =
          contract.laws().stream().map(Law::name).collect(Collectors.toCollection(TreeSet::new));
      assertEquals(contract.laws().size(), laws.size(), "two laws of one name in " + contract);
      Set<String> properties = new TreeSet<>();
      for (Method method : contract.getClass().getMethods()) {
        Property property = method.getAnnotation(Property.class);
        if (property != null) {
          properties.add(method.getName());
          assertEquals(Law.TRIES, property.tries(), method::toString);
        }
      }
      assertEquals(laws, properties, contract.getClass().getName());
    }
  }

  @Test
  void everyContractIsListedHere() {
    Set<String> listed =
        CONTRACTS.stream()
            .flatMap(contract -> Arrays.stream(contract.getClass().getInterfaces()))
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> all =
        new ClassFileImporter()
                .importLocations(
                    List.of(
                        Location.of(
                            Contract.class.getProtectionDomain().getCodeSource().getLocation())))
                .that(resideInAPackage(Contract.class.getPackageName()))
                .stream()
                .filter(type -> type.isInterface() && type.isAssignableTo(Contract.class))
                .filter(type -> !type.isEquivalentTo(Contract.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(all, listed);
  }

  /** The 32nd column of every long enough product is wrong, where k is large enough as well. */
  static class Broken extends PlainGemm implements GemmContract {
    @Override
    public void gemm(float alpha, Operand a, Operand b, float beta, Operand c) {
      super.gemm(alpha, a, b, beta, c);
      if (a.columns() > 5 && c.columns() > 31) {
        c.set(0, 31, c.get(0, 31) + 1000);
      }
    }

    @Override
    public Set<Capability> capabilities() {
      return EnumSet.of(Capability.ALPHA);
    }
  }

  @Test
  void failuresShrinkAndTheUndeclaredIsSkipped() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    TestExecutionSummary summary = run(Broken.class, output);
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures), 3);
    String text = failures.toString();
    assertTrue(text.contains("new GemmCase(1, 32, 6, 1.0f, 0.0f, Layout.DENSE"), text);
    assertTrue(text.contains("product: 1 of 32 elements (1×32) beyond the bound"), text);
    // product, factorOfTheProduct, wholeNumbersAreExact
    assertEquals(3, summary.getTestsFailedCount(), text);
    // Without beta, NaN (which a factor of zero needs too) and the fused chain.
    assertEquals(5, summary.getTestsSkippedCount(), text);
    List<String> untested =
        output
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(l -> l.contains("untested"))
            .toList();
    assertEquals(1, untested.size(), output::toString);
    assertTrue(untested.get(0).startsWith("Broken: untested, as not declared: "), output::toString);
    assertTrue(untested.get(0).contains("BETA"), output::toString);
  }

  /** A right product that is told what held. */
  static class Right extends PlainGemm implements GemmContract {
    private static final List<String> HELD = new CopyOnWriteArrayList<>();

    @Override
    public void held(String line) {
      HELD.add(line);
    }
  }

  @Test
  void whatHeldIsTold() {
    Right.HELD.clear();
    TestExecutionSummary summary = run(Right.class, OutputStream.nullOutputStream());
    assertEquals(0, summary.getTestsFailedCount());
    assertTrue(summary.getTestsSucceededCount() > 0);
    assertEquals(summary.getTestsSucceededCount(), Right.HELD.size(), Right.HELD::toString);
    assertTrue(
        Right.HELD.stream().anyMatch(line -> line.matches("product: [1-9][0-9]* elements.*")),
        Right.HELD::toString);
  }

  /** Runs a test; what is printed meanwhile goes to a stream. */
  private static TestExecutionSummary run(Class<?> test, OutputStream output) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    try {
      return run(test);
    } finally {
      System.setOut(before);
    }
  }

  private static TestExecutionSummary run(Class<?> test) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(test))
                // Failures are wanted here: they go to the listener alone and are not kept.
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.database", "")
                .build(),
            listener);
    return listener.getSummary();
  }
}
