/**
 * A tree of keys and values, each of which knows its file and line, read from YAML and JSON. What
 * keys mean is not known here.
 */
package dev.convoy.config.tree;
