package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseRmsProp;
import dev.lanewise.testkit.contract.OptimizerContract;

class LanewiseRmsPropTest extends LanewiseRmsProp implements OptimizerContract {}
