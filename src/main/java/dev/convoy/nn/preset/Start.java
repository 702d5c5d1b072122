package dev.convoy.nn.preset;

import dev.convoy.nn.layer.Initializer;

/** How the weights of these networks start. */
final class Start {
  /** Convolutions before rectifiers, by what each input reaches. */
  static final Initializer REACH = Initializer.HE_NORMAL;

  /** Convolutions before rectifiers, by what each output sums. */
  static final Initializer SUM = Initializer.HE_NORMAL;

  /** Uniform for the same. */
  static final Initializer SUM_UNIFORM = Initializer.HE_UNIFORM;

  /** What PyTorch gives layers that say nothing. */
  static final Initializer PLAIN = Initializer.HE_UNIFORM;

  /** Dense layers at the end. */
  static final Initializer SMALL = Initializer.GLOROT_NORMAL;

  /** Of the Inceptions. */
  static final Initializer TRUNCATED = Initializer.HE_NORMAL;

  /** Of MNASNet's dense layer. */
  static final Initializer MNASNET_HEAD = Initializer.GLOROT_UNIFORM;

  /** Of ConvNeXt. */
  static final Initializer NARROW = Initializer.GLOROT_NORMAL;

  private Start() {}
}
