/**
 * Holds what a person is told: progress, tables, metrics lines, predictions. It takes results, and
 * computes none but for their display.
 */
package dev.convoy.report;
