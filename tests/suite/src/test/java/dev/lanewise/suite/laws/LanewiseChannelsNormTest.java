package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseChannelsNorm;
import dev.lanewise.testkit.contract.BatchNormContract;

class LanewiseChannelsNormTest extends LanewiseChannelsNorm implements BatchNormContract {}
