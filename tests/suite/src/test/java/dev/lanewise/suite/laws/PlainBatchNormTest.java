package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainBatchNorm;
import dev.lanewise.testkit.contract.BatchNormContract;

class PlainBatchNormTest extends PlainBatchNorm implements BatchNormContract {}
