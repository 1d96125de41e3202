package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainCrossEntropy;
import dev.lanewise.testkit.contract.CrossEntropyContract;

class PlainCrossEntropyTest extends PlainCrossEntropy implements CrossEntropyContract {}
