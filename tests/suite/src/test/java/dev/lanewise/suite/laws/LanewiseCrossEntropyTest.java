package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseCrossEntropy;
import dev.lanewise.testkit.contract.CrossEntropyContract;

class LanewiseCrossEntropyTest extends LanewiseCrossEntropy implements CrossEntropyContract {}
