/**
 * What of a network a training changes, at which rate, and from which epoch on. It knows networks
 * and groups of parameters, and nothing of rounds, workers or states.
 */
package dev.convoy.train.tuning;
