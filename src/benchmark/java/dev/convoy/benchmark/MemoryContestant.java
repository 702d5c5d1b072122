package dev.convoy.benchmark;

import dev.convoy.nn.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An engine that trains a network while the system counts the memory of its process. */
final class MemoryContestant implements Contestant {
  static final String TRAIN = "train";

  /** Asks for the most bytes of memory that the process had so far. */
  static final String PEAK = "peak";

  /** As networks on pictures of 224x224 are trained. */
  static final int BATCH = 16;

  private static final String MOST = "VmHWM:";

  private final Engine engine;

  MemoryContestant(Network network, EngineContestant.Opener opener) {
    engine = opener.open(network, SyntheticBatch.of(network, BATCH), Engine.TIMED);
  }

  @Override
  public String description() {
    return engine.description();
  }

  @Override
  public void run(String task, int times) {
    for (int i = 0; i < times; i++) {
      engine.step();
    }
  }

  @Override
  public String answer(String question) {
    if (!question.equals(PEAK)) {
      return Contestant.super.answer(question);
    }
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(MOST)) {
          String kilobytes = line.substring(MOST.length()).replace("kB", "").strip();
          return String.valueOf(Long.parseLong(kilobytes) << 10);
        }
      }
      throw new IllegalStateException("/proc/self/status has no line " + MOST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
