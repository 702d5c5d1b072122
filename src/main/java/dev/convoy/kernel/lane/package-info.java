/**
 * The things that all families share: the layout of a batch by sixteen lanes, packs and panels,
 * scratch memory, the width of vectors, and the turning of lanes. Arithmetic of layers belongs in a
 * family's room.
 *
 * <p>In all rooms of kernels, a class whose name begins with {@code Vector} may use {@code
 * jdk.incubator.vector}, and only such classes may use it: without that module, all others load and
 * run.
 */
package dev.convoy.kernel.lane;
