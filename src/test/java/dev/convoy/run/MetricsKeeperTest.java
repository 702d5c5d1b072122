package dev.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.report.MetricsLog;
import dev.convoy.train.fault.NonFinite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsKeeperTest {
  /** Has room for one line, and for half of another. */
  private static final class SmallDisk extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (kept.size() > 0) {
        kept.write(bytes, offset, length / 2);
        throw new IOException("run/metrics.jsonl: can't be written: No space left on device");
      }
      kept.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      throw new IOException("run/metrics.jsonl: can't be written: No space left on device");
    }
  }

  @Test
  void whatCantBeWrittenIsToldOnceAndNothingFollowsIt() {
    List<String> told = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void onWarning(String sentence) {
            told.add(sentence);
          }
        };
    SmallDisk disk = new SmallDisk();
    MetricsKeeper keeper = new MetricsKeeper(new MetricsLog(disk), listener);
    NonFinite event = new NonFinite(1, 2, "there", null, 1);
    keeper.onNonFinite(event);
    assertEquals(Optional.empty(), keeper.failure());
    keeper.onNonFinite(event);
    int size = disk.kept.size();
    keeper.onNonFinite(event);
    keeper.close();
    assertEquals(size, disk.kept.size());
    assertEquals(1, disk.kept.toString(StandardCharsets.UTF_8).lines().count() - 1);
    String reason =
        "The metrics can't be written: run/metrics.jsonl: can't be written: No space left on device";
    assertEquals(List.of(reason + "; training goes on without them"), told);
    assertEquals(Optional.of(reason), keeper.failure());
  }
}
