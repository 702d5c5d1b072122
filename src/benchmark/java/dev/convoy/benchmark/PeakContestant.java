package dev.convoy.benchmark;

/** Runs {@link Peak}. */
final class PeakContestant implements Contestant {
  static final String PEAK = "peak";

  /** Asks for the operations of a run. */
  static final String FLOPS = "flops";

  private float factor = 0.5f;

  @Override
  public String description() {
    return "multiply-adds of registers";
  }

  @Override
  public void run(String task, int times) {
    for (int i = 0; i < times; i++) {
      factor = Math.min(0.5f, Peak.run(factor));
    }
  }

  @Override
  public String answer(String question) {
    return question.equals(FLOPS)
        ? String.valueOf(Peak.flops())
        : Contestant.super.answer(question);
  }
}
