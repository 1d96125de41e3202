package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainGemm;
import dev.lanewise.testkit.contract.GemmContract;

class PlainGemmTest extends PlainGemm implements GemmContract {}
