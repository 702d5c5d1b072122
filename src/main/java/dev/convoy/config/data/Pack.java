package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;

/**
 * A folder that {@code convoy pack} made. Examples come in the order of the pictures that it was
 * made of, whatever the order in its files, and classes have the names that the pack gives, if the
 * job names none.
 *
 * @param path of the folder
 */
@PublicApi
public record Pack(String path) implements DataSource {
  public Pack {
    Check.present(path, "Pack.path");
  }
}
