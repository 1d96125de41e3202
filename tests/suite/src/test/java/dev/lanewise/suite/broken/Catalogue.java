package dev.lanewise.suite.broken;

import java.util.List;
import java.util.stream.Stream;

/** All faults. */
final class Catalogue {
  private Catalogue() {}

  static List<Fault> faults() {
    return Stream.of(
            GemmFaults.ALL,
            SoftmaxFaults.ALL,
            CrossEntropyFaults.ALL,
            BatchNormFaults.ALL,
            ChannelsNormFaults.ALL,
            LayerNormFaults.ALL,
            ElementwiseFaults.ALL,
            UpdateFaults.ALL,
            PlainFaults.ALL,
            OutsiderFaults.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
