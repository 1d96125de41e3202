package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseAdam;
import dev.lanewise.testkit.contract.OptimizerContract;

class LanewiseAdamTest extends LanewiseAdam implements OptimizerContract {}
