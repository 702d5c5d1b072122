/**
 * Which example is used by which worker and when, as a function of the job and the data alone. No
 * pixels are read here.
 */
package dev.convoy.train.sampling;
