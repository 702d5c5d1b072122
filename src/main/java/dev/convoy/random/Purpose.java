package dev.convoy.random;

/**
 * Says what a random number is for, so that no two uses under one seed share numbers. The codes are
 * part of every result.
 */
public enum Purpose {
  INITIAL_WEIGHTS(1),
  DEAL(2),
  BLOCK_ORDER(3),
  EXAMPLE_ORDER(4),
  DROPOUT(5),
  AUGMENTATION(6),
  PACK(20),
  OVERSAMPLING(21);

  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
