/** Figures follow from what was measured: intervals, ratios, roofs and the results file. */
package dev.lanewise.suite.result;
