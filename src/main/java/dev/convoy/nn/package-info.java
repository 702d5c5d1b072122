/**
 * Networks: nodes in order, parameters by name in one flat array. A network is a description and
 * computes nothing.
 */
package dev.convoy.nn;
