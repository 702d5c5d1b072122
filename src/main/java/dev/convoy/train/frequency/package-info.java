/** How many steps a round has: fixed, by a rule, or measured. */
package dev.convoy.train.frequency;
