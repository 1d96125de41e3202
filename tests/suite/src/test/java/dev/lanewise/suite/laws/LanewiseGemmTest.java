package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseGemm;
import dev.lanewise.testkit.contract.GemmContract;

class LanewiseGemmTest extends LanewiseGemm implements GemmContract {}
