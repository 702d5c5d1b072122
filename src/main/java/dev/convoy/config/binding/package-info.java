/**
 * Records from trees and trees from records, by their components, and the syntaxes of values that
 * are no records. Errors name the line of the key.
 */
package dev.convoy.config.binding;
