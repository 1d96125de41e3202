package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseBits;
import dev.lanewise.testkit.contract.BitsContract;

class LanewiseRmsNormBitsTest extends LanewiseBits.OfRmsNorm implements BitsContract {}
