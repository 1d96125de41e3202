/** What people see of results: pages in a real browser, the README, the console, comparisons. */
package dev.lanewise.suite.report;
