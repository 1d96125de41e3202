package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.learn.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network is trained and validated on.
 *
 * @param training what it is trained on
 * @param validation other samples; null if there are none
 */
public record TrainingData(Dataset training, Dataset validation) {
  /**
   * What there is to say of them.
   *
   * @param files where they are from
   * @return names and values, to which more may be added
   */
  public List<Fact> facts(SampleFiles files) {
    List<Fact> facts = new ArrayList<>();
    String text =
        "%d samples of %d features in %d classes, of %s"
            .formatted(training.samples(), training.features(), training.classes().size(), files);
    facts.add(new Fact("Trained on", text));
    if (validation != null) {
      facts.add(new Fact("Validated on", validation.samples() + " other samples"));
    }
    return facts;
  }
}
