package dev.convoy.nn.preset;

import dev.convoy.nn.layer.Initializer;

/** How the weights of these networks start, as torchvision has it; biases start at 0. */
final class Start {
  /** Convolutions before rectifiers, by what each input reaches. */
  static final Initializer REACH = Initializer.HE_NORMAL_FAN_OUT;

  /** Convolutions before rectifiers, by what each output sums. */
  static final Initializer SUM = Initializer.HE_NORMAL;

  /** Uniform for the same. */
  static final Initializer SUM_UNIFORM = Initializer.HE_UNIFORM;

  /** Layers of which torchvision says nothing. PyTorch's own is narrower by the root of 3. */
  static final Initializer PLAIN = Initializer.LECUN_UNIFORM;

  /** Dense layers at the end. */
  static final Initializer SMALL = new Initializer.Normal(0.01f);

  /** What GoogLeNet draws. */
  static final Initializer GOOGLENET = new Initializer.TruncatedNormal(0.01f, null);

  /** What Inception-v3 draws. */
  static final Initializer INCEPTION = new Initializer.TruncatedNormal(0.1f, null);

  /** What ConvNeXt draws. */
  static final Initializer NARROW = new Initializer.TruncatedNormal(0.02f, null);

  private Start() {}

  /** Uniform within the root of a number divided by the classes. */
  static Initializer byClasses(double factor, int classes) {
    return new Initializer.Uniform((float) Math.sqrt(factor / classes));
  }
}
