/**
 * The job file: a tree whose every value knows its line, records made from it by their components,
 * and the tree written back. All that is wrong with a job is found here, before anything runs.
 */
package dev.convoy.config;
