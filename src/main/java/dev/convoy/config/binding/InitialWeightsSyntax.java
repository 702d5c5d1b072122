package dev.convoy.config.binding;

import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.train.tuning.InitialWeights;

/** A path alone, {@code out/model}, or keys, {@code {path: x.safetensors, rename: [...]}}. */
final class InitialWeightsSyntax implements Syntax<InitialWeights> {
  @Override
  public InitialWeights read(Tree tree, Binder binder) {
    if (tree instanceof Scalar) {
      return InitialWeights.of((String) binder.value(tree, String.class));
    }
    return (InitialWeights)
        binder.record(Binder.mapping(tree, InitialWeights.class), InitialWeights.class);
  }

  @Override
  public Tree write(InitialWeights value, TreeWriter writer) {
    return value.equals(InitialWeights.of(value.path()))
        ? TreeWriter.text(value.path())
        : writer.record(value);
  }
}
