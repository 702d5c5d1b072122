package dev.convoy.config.binding;

import dev.convoy.config.tree.Place;
import dev.convoy.nn.NamedLayer;

/**
 * A layer of a job's list.
 *
 * @param layer with its name
 * @param place where it stands
 */
record ListedLayer(NamedLayer layer, Place place) {}
