/**
 * Every public operation against its oracle within the figure that its documentation states, each
 * test printing the worst share of the figure that it saw.
 *
 * <p>The cases include those made to reach the figures, such as terms just small enough to be lost
 * in every addition.
 */
package dev.lanewise.suite.accuracy;
