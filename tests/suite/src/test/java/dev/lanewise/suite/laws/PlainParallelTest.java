package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainParallel;
import dev.lanewise.testkit.contract.BitsContract;

class PlainParallelTest extends PlainParallel implements BitsContract {}
