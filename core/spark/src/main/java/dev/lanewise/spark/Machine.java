package dev.lanewise.spark;

import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Lanes.Implementation;
import java.io.Serializable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What computes on a JVM of the cluster. No record: Kryo, if Spark is set to it, writes none. */
final class Machine implements Serializable {
  private static final long serialVersionUID = 1;
  private static final System.Logger LOG = System.getLogger(Machine.class.getName());
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private final int numerics;
  private final boolean vectors;
  private final String description;

  private Machine(int numerics, boolean vectors, String description) {
    this.numerics = numerics;
    this.vectors = vectors;
    this.description = description;
  }

  static Machine here() {
    return new Machine(
        Lanes.numerics(), Lanes.implementation() == Implementation.VECTOR, Lanes.describe());
  }

  /** Says why this driver is slow, if it is, and what to do. */
  static void checkDriver() {
    if (!here().vectors) {
      warn("driver", here());
    }
  }

  /**
   * Refuses an executor whose bits may differ from the driver's, and says why it is slow, if it is.
   *
   * @throws IllegalStateException if its numerics are of another version
   */
  void checkExecutor() {
    if (numerics != Lanes.numerics()) {
      throw new IllegalStateException(
          "the driver computes by %s but an executor by %s; both need the same version of Lanewise"
              .formatted(Lanes.describe(), description));
    }
    if (!vectors) {
      warn("executor", this);
    }
  }

  private static void warn(String role, Machine machine) {
    if (!WARNED.add(role)) {
      return;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "The {0} runs without vector code, with the same results but slowly: {1}. Spark gives the"
            + " module to the JVMs that it starts; whatever else starts one has to.",
        role,
        machine.description);
  }
}
