package dev.convoy.nn;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * A further output of a network while it trains: its loss, times a weight, is added to that of the
 * network's own output, so that layers far from the end get a gradient of their own. Source:
 * Szegedy et al., CVPR 2015.
 *
 * @param output name of the layer that gives it
 * @param weight of its loss, above 0
 */
@PublicApi
public record Auxiliary(String output, Float weight) implements Serializable {
  public Auxiliary {
    Check.present(output, "Auxiliary.output");
    Check.present(weight, "Auxiliary.weight");
    Check.positive((float) weight, "Auxiliary.weight");
  }
}
