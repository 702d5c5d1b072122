/**
 * Times Convoy, and what others have for the same work, on the machine it runs on: PyTorch for
 * whole networks, OpenBLAS for a product of matrices. Part of no jar; the Maven profile {@code
 * benchmark} compiles it, and {@code deploy/convoy-bench} runs it.
 *
 * <p>Each contestant works in a JVM of its own, on one thread, while all others wait: a {@link
 * dev.convoy.benchmark.Contestant} there is commanded by a {@link
 * dev.convoy.benchmark.ContestantJvm} here. {@link dev.convoy.benchmark.Rounds} has them take
 * turns.
 */
package dev.convoy.benchmark;
