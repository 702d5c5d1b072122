/**
 * The arithmetic on raw {@code float[]}: facades that check arguments, and scalar implementations
 * that give the same bits as the vector ones. Layers, networks and their order are not known here.
 */
package dev.convoy.kernel;
