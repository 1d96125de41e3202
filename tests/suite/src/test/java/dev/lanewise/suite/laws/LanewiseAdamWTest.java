package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseAdamW;
import dev.lanewise.testkit.contract.OptimizerContract;

class LanewiseAdamWTest extends LanewiseAdamW implements OptimizerContract {}
