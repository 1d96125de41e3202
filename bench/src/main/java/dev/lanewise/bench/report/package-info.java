/**
 * What people see of results: {@link dev.lanewise.bench.report.Page} for a browser, {@link
 * dev.lanewise.bench.report.Readme} for the README, {@link dev.lanewise.bench.report.FigureTable}
 * for a console, and {@link dev.lanewise.bench.report.Comparison} of two runs. All numbers come
 * from {@link dev.lanewise.bench.result} and are computed in Java; the scripts beside only draw
 * them.
 */
package dev.lanewise.bench.report;
