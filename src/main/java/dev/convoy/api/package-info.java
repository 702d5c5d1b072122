/**
 * Marks what programs may rely on. All that is not marked {@link dev.convoy.api.PublicApi} is
 * Convoy's own, though Java calls it public: rooms see each other's classes, and these may change
 * with any version.
 */
package dev.convoy.api;
