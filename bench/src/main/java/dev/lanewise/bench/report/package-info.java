/**
 * What people see of results: {@link dev.lanewise.bench.report.ResultsPage} for a browser, {@link
 * dev.lanewise.bench.report.Readme} for the README, {@link dev.lanewise.bench.report.FigureTable}
 * for a console, and {@link dev.lanewise.bench.report.Comparison} of two runs; and the pages of a
 * training run and of a study. All numbers are computed in Java, those of results in {@link
 * dev.lanewise.bench.result}; the scripts beside only draw them.
 */
package dev.lanewise.bench.report;
