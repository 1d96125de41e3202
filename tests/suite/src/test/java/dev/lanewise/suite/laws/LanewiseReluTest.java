package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseRelu;
import dev.lanewise.testkit.contract.ActivationContract;

class LanewiseReluTest extends LanewiseRelu implements ActivationContract {}
