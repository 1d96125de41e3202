package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.Engine;
import dev.lanewise.testkit.law.Law;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.lifecycle.Store;

/** Skips the properties of laws that need what an engine does not declare, and lists that. */
final class ContractHook implements SkipExecutionHook, AroundPropertyHook {
  /** A store of jqwik's does not last from one property's skipping to the next. */
  private static final Set<Class<?>> LISTED = ConcurrentHashMap.newKeySet();

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    Class<?> test = context.optionalContainerClass().orElse(Object.class);
    return context.optionalElement().orElse(null) instanceof Method property
            && context.newInstance(test) instanceof Contract<?> contract
        ? shouldBeSkipped(contract, test, property.getName())
        : SkipResult.doNotSkip();
  }

  private static <E extends Engine> SkipResult shouldBeSkipped(
      Contract<E> contract, Class<?> test, String property) {
    listUntested(contract, test);
    for (Law<E, ?> law : contract.laws()) {
      if (law.name().equals(property) && !law.appliesTo(contract.engine())) {
        return SkipResult.skip(
            "untested, as not declared: " + Capability.list(law.missing(contract.engine())));
      }
    }
    return SkipResult.doNotSkip();
  }

  private static <E extends Engine> void listUntested(Contract<E> contract, Class<?> test) {
    Set<Capability> untested = EnumSet.noneOf(Capability.class);
    for (Law<E, ?> law : contract.laws()) {
      untested.addAll(law.untested(contract.engine()));
    }
    if (!untested.isEmpty() && LISTED.add(test)) {
      System.out.println(
          test.getSimpleName() + ": untested, as not declared: " + Capability.list(untested));
    }
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    if (context.testInstance() instanceof Contract<?> contract
        && result.status() == PropertyExecutionResult.Status.SUCCESSFUL) {
      contract.held(seen(context.targetMethod().getName()).toString());
    }
    return result;
  }

  /** What remembers the worst error of the property that runs. */
  static Accuracy seen(String law) {
    return Store.getOrCreate(law, Lifespan.PROPERTY, () -> new Accuracy(law)).get();
  }
}
