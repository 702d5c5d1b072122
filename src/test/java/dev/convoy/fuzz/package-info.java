/**
 * Hostile files: whole ones, changed at random from a seed. Each must be read, or refused in one
 * line, in bounded time and memory.
 */
package dev.convoy.fuzz;
