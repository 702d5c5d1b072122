package dev.convoy.nn.replica.pass;

import dev.convoy.nn.layer.AdaptiveAvgPool2d;
import dev.convoy.nn.layer.ChannelMax;
import dev.convoy.nn.layer.ChannelMean;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GlobalMaxPool2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Reshape;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.nn.layer.Upsample2d;
import dev.convoy.nn.replica.pass.activation.EluPass;
import dev.convoy.nn.replica.pass.activation.GeluPass;
import dev.convoy.nn.replica.pass.activation.GeluTanhPass;
import dev.convoy.nn.replica.pass.pool.AdaptiveAvgPool2dPass;
import dev.convoy.nn.replica.pass.pool.AvgPool2dPass;
import dev.convoy.nn.replica.pass.pool.MaxPool2dPass;
import dev.convoy.nn.replica.pass.shape.BilinearUpsample2dPass;
import dev.convoy.nn.replica.pass.shape.IdentityPass;
import dev.convoy.nn.replica.pass.shape.MirroredPad2dPass;
import dev.convoy.nn.replica.pass.shape.Pad2dPass;
import dev.convoy.nn.replica.pass.shape.Upsample2dPass;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.PassMaker;
import dev.convoy.tensor.Check;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table from each layer's class to what makes its pass.
 *
 * <p>A layer {@code Xyz} has the pass {@code XyzPass} of this package or of one in it, made by a
 * public constructor that takes a {@link PassContext}; those that share a pass with another layer,
 * or have more than one, have a line in {@link #exceptions}. Each layer that {@link Layer} permits
 * has its entry from the start: one without a pass is an error when the first replica is made,
 * whatever its layers.
 */
public final class Passes {
  /** Where passes are looked for, this package first. */
  private static final List<String> ROOMS =
      List.of("", ".activation", ".normalization", ".pool", ".shape");

  private static final Map<Class<?>, PassMaker> TABLE = table();

  private Passes() {}

  /** Makes the pass of a node that does its own layer's work alone. */
  public static NodePass of(PassContext context) {
    Class<?> layer = context.node().layer().getClass();
    return Check.present(TABLE.get(layer), "The pass of " + layer.getName()).make(context);
  }

  /** Returns the layers that have an entry. */
  static Set<Class<?>> layers() {
    return TABLE.keySet();
  }

  private static Map<Class<?>, PassMaker> exceptions() {
    return Map.ofEntries(
        Map.entry(AdaptiveAvgPool2d.class, AdaptiveAvgPool2dPass::of),
        Map.entry(ChannelMax.class, MaxPool2dPass::acrossChannels),
        Map.entry(ChannelMean.class, AvgPool2dPass::acrossChannels),
        Map.entry(Dropout.class, DropoutPass::ofValues),
        Map.entry(Dropout2d.class, DropoutPass::ofChannels),
        Map.entry(Flatten.class, context -> new IdentityPass()),
        Map.entry(Gelu.class, Passes::gelu),
        Map.entry(GlobalAvgPool2d.class, AvgPool2dPass::global),
        Map.entry(GlobalMaxPool2d.class, MaxPool2dPass::global),
        Map.entry(Pad2d.class, Passes::pad),
        Map.entry(Reshape.class, context -> new IdentityPass()),
        Map.entry(Selu.class, EluPass::scaled),
        Map.entry(StochasticDepth.class, DropoutPass::ofExamples),
        Map.entry(Upsample2d.class, Passes::upsample));
  }

  private static NodePass pad(PassContext context) {
    Pad2d layer = (Pad2d) context.node().layer();
    return layer.mode() == Pad2d.Border.CONSTANT
        ? new Pad2dPass(context)
        : new MirroredPad2dPass(context);
  }

  private static NodePass upsample(PassContext context) {
    Upsample2d layer = (Upsample2d) context.node().layer();
    return layer.mode() == Upsample2d.Interpolation.BILINEAR
        ? new BilinearUpsample2dPass(context)
        : new Upsample2dPass(context);
  }

  private static NodePass gelu(PassContext context) {
    Gelu layer = (Gelu) context.node().layer();
    return layer.approximate() == Gelu.Approximation.TANH
        ? new GeluTanhPass(context)
        : new GeluPass(context);
  }

  private static Map<Class<?>, PassMaker> table() {
    Map<Class<?>, PassMaker> table = new HashMap<>(exceptions());
    addPermitted(Layer.class, table);
    return Map.copyOf(table);
  }

  private static void addPermitted(Class<?> layers, Map<Class<?>, PassMaker> table) {
    for (Class<?> layer : layers.getPermittedSubclasses()) {
      if (layer.isSealed()) {
        addPermitted(layer, table);
      } else {
        table.computeIfAbsent(layer, Passes::named);
      }
    }
  }

  /** Returns what makes the pass that is named as its layer. */
  static PassMaker named(Class<?> layer) {
    String name = layer.getSimpleName() + "Pass";
    try {
      MethodHandle constructor =
          MethodHandles.publicLookup()
              .findConstructor(find(name), MethodType.methodType(void.class, PassContext.class));
      return MethodHandleProxies.asInterfaceInstance(PassMaker.class, constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Every layer must have a pass, but "
              + layer.getSimpleName()
              + " has neither a class "
              + name
              + " below "
              + Passes.class.getPackageName()
              + " with a constructor of a PassContext, nor a line in Passes.exceptions",
          e);
    }
  }

  private static Class<?> find(String name) throws ClassNotFoundException {
    ClassNotFoundException last = new ClassNotFoundException(name);
    for (String room : ROOMS) {
      try {
        return Class.forName(Passes.class.getPackageName() + room + "." + name);
      } catch (ClassNotFoundException e) {
        last = e;
      }
    }
    throw last;
  }
}
