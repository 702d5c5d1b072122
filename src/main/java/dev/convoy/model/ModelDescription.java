package dev.convoy.model;

import dev.convoy.image.Normalization;
import dev.convoy.nn.Network;
import java.util.List;

/**
 * What {@code model.json} says of a {@link Model}.
 *
 * @param formatVersion of the folder
 * @param network in the syntax of a job
 * @param normalize of the pixels that go in
 * @param classes names, one an output
 * @param provenance where the model comes from; {@code null} if that is not known
 */
public record ModelDescription(
    int formatVersion,
    Network network,
    Normalization normalize,
    List<String> classes,
    Provenance provenance) {}
