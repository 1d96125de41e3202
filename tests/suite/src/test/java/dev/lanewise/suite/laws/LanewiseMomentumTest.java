package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseMomentum;
import dev.lanewise.testkit.contract.OptimizerContract;

class LanewiseMomentumTest extends LanewiseMomentum implements OptimizerContract {}
