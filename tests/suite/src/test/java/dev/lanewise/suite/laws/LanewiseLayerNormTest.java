package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseLayerNorm;
import dev.lanewise.testkit.contract.LayerNormContract;

class LanewiseLayerNormTest extends LanewiseLayerNorm implements LayerNormContract {}
