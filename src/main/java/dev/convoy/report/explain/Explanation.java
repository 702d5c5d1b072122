package dev.convoy.report.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows: numbers of the engine, and nothing that the page would have to guess.
 *
 * @param model what the user called it
 * @param picture the image
 * @param predicted the most likely class
 * @param target the class whose loss goes back
 * @param labelled whether the user named that class
 * @param loss softmax cross-entropy of the target
 * @param classes the classes shown
 * @param allClasses how many there are
 * @param parameters of the network
 * @param participation of pixels in the first convolution; absent if there is none
 * @param layers first to last
 * @param convolutions whose sums can be written out
 * @param pools whose windows can be looked into
 * @param signedGradient of the loss by the image, summed over its channels
 * @param absoluteGradient the largest amount of the channels
 */
public record Explanation(
    String model,
    PictureView picture,
    ClassView predicted,
    ClassView target,
    boolean labelled,
    String loss,
    List<ClassView> classes,
    int allClasses,
    String parameters,
    @Nullable Participation participation,
    List<LayerView> layers,
    List<ConvolutionView> convolutions,
    List<PoolView> pools,
    MapSheet signedGradient,
    MapSheet absoluteGradient) {}
