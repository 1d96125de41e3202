package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainSoftmax;
import dev.lanewise.testkit.contract.SoftmaxContract;

class PlainSoftmaxTest extends PlainSoftmax implements SoftmaxContract {}
