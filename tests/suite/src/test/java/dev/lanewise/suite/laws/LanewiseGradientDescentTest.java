package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseGradientDescent;
import dev.lanewise.testkit.contract.OptimizerContract;

class LanewiseGradientDescentTest extends LanewiseGradientDescent implements OptimizerContract {}
