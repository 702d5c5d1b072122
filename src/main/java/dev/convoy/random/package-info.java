/**
 * Random numbers as functions of a key (seed, purpose, epoch, worker, step, example), never of what
 * was drawn before. Every source of randomness of Convoy is here.
 */
package dev.convoy.random;
