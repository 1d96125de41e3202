package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainLayerNorm;
import dev.lanewise.testkit.contract.LayerNormContract;

class PlainLayerNormTest extends PlainLayerNorm implements LayerNormContract {}
