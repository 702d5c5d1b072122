/**
 * What all passes share: the contract of a pass, and what one step lends to it. No layer is known
 * here.
 */
package dev.convoy.nn.replica.step;
