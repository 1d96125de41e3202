/**
 * What runs and why: the choice on machines that are not there, and in child processes that are.
 */
package dev.lanewise.suite.lanes;
