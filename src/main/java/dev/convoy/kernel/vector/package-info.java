/**
 * The same arithmetic by the Vector API of the JDK, and the only place where {@code
 * jdk.incubator.vector} appears.
 */
package dev.convoy.kernel.vector;
