package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseBatchNorm;
import dev.lanewise.testkit.contract.BatchNormContract;

class LanewiseBatchNormTest extends LanewiseBatchNorm implements BatchNormContract {}
