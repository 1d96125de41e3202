package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseActivation;
import dev.lanewise.testkit.contract.ActivationContract;

/** An activation held to the laws by its contract; {@link LanewiseActivationTest} has all. */
class LanewiseReluTest extends LanewiseActivation implements ActivationContract {
  LanewiseReluTest() {
    super(RELU);
  }
}
