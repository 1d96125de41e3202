package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseSoftmax;
import dev.lanewise.testkit.contract.SoftmaxContract;

class LanewiseSoftmaxTest extends LanewiseSoftmax implements SoftmaxContract {}
