/** What people see of results: the page in a real browser, the README, the console, comparisons. */
package dev.lanewise.suite.report;
