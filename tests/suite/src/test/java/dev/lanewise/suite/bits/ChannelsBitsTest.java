package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Batch norm with channels first against its definition and its statement. */
@EveryFork
class ChannelsBitsTest {
  private static SubjectsOfBatchNorm of(Cases.Channels c, long seed) {
    return SubjectsOfBatchNorm.ofChannels(c.size(), c.channels(), c.length()).by(Cases.eps(seed));
  }

  /** The same with a sample at least. */
  private static SubjectsOfBatchNorm ofSamples(Cases.Channels c, long seed) {
    return SubjectsOfBatchNorm.ofChannels(
            Math.max(1, c.size()), c.channels(), Math.max(1, c.length()))
        .by(Cases.eps(seed));
  }

  private static int target(int to) {
    return to == 2 ? 3 : to;
  }

  @Property
  void forward(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels channels,
      @ForAll boolean relu,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(ofSamples(channels, seed).forward(relu, inPlace), layouts, values, seed);
  }

  @Property
  void statistics(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels channels,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(ofSamples(channels, seed).statistics(), layouts, values, seed);
  }

  @Property
  void inference(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels channels,
      @ForAll boolean relu,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(of(channels, seed).inference(relu, inPlace), layouts, values, seed);
  }

  @Property
  void backward(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels channels,
      @ForAll boolean relu,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(ofSamples(channels, seed).backward(relu, target(to)), layouts, values, seed);
  }

  @Property
  void inferenceBackward(
      @ForAll(supplier = Cases.ShortChannels.class) Cases.Channels channels,
      @ForAll boolean relu,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(of(channels, seed).inferenceBackward(relu, target(to)), layouts, values, seed);
  }

  /** Of two turns of the virtual lanes. */
  @Example
  void everyTail() {
    List<Layout> dense = List.of(Layout.DENSE);
    for (int length = 1; length <= Scale.of(129, 66); length++) {
      SubjectsOfBatchNorm subjects = SubjectsOfBatchNorm.ofChannels(1, 2, length);
      for (boolean relu : new boolean[] {false, true}) {
        Agreement.check(subjects.forward(relu, false), dense, Values.ORDINARY, length);
        Agreement.check(subjects.backward(relu, 3), dense, Values.ORDINARY, length);
        Agreement.check(subjects.inferenceBackward(relu, 3), dense, Values.ORDINARY, length);
      }
    }
  }

  /** Of one block and of several, in every operation. */
  @Property(tries = 20)
  void longRows(
      @ForAll(supplier = Cases.LongChannels.class) Cases.Channels channels,
      @ForAll boolean relu,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    SubjectsOfBatchNorm subjects = of(channels, seed);
    Agreement.check(subjects.forward(relu, to == 0), layouts, values, seed);
    Agreement.check(subjects.statistics(), layouts, values, seed);
    Agreement.check(subjects.inference(relu, to == 1), layouts, values, seed);
    Agreement.check(subjects.backward(relu, target(to)), layouts, values, seed);
    Agreement.check(subjects.inferenceBackward(relu, target(to)), layouts, values, seed);
  }
}
