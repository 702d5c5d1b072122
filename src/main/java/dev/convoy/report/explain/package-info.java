/**
 * A model at work on one image, as a page: what every layer computes going forward and back, by the
 * engine itself, in the order of the figures of Skalski, "Gentle Dive into Math Behind
 * Convolutional Neural Networks", 2019. {@link dev.convoy.report.explain.Explainer} computes,
 * {@link dev.convoy.report.explain.ExplanationPage} writes.
 */
package dev.convoy.report.explain;
