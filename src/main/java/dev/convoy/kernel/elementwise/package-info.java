/**
 * Functions of single values with the same bits on every machine, the factors of dropout, and the
 * softmax over channels. What mixes the values of a channel belongs to the other families.
 */
package dev.convoy.kernel.elementwise;
