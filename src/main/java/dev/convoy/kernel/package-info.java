/**
 * The arithmetic of all layers on raw {@code float[]}: the families of the rooms inside put
 * together, and the choice between scalar and vector implementations, made once. Arithmetic itself
 * belongs in a family's room; layers, networks and their order are not known here.
 */
package dev.convoy.kernel;
