package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseNesterov;
import dev.lanewise.testkit.contract.OptimizerContract;

class LanewiseNesterovTest extends LanewiseNesterov implements OptimizerContract {}
