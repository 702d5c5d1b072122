package dev.convoy.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Decodes damaged pictures: each is a picture, or refused by a line, within time and memory. {@code
 * -Dconvoy.fuzz.cases=5000} tries more, and {@code -Dconvoy.fuzz.first=123} others.
 */
class PictureFuzzTest {
  private static final int MOST_MESSAGE = 500;
  private static final long MOST_NANOSECONDS = 5_000_000_000L;

  /** Memory that a decode allocates altogether, of which less is held at a time. */
  private static final long MOST_BYTES = 300L << 20;

  private static final int CASES = Integer.getInteger("convoy.fuzz.cases", 100);
  private static final long FIRST = Long.getLong("convoy.fuzz.first", 0);

  @Test
  void everyDamagedPictureIsReadOrRefusedByALineInTimeAndMemory() throws IOException {
    PictureMutations mutations = PictureMutations.ofReferencePictures();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (long number = FIRST; number < FIRST + CASES; number++) {
      String which = "picture " + number;
      byte[] file = mutations.file(number);
      long bytes = thread.getCurrentThreadAllocatedBytes();
      long start = thread.getCurrentThreadCpuTime();
      try {
        ImageDecoder.decodePicture(new ByteArrayInputStream(file), "p");
      } catch (DataException e) {
        String message = e.getMessage();
        assertTrue(message.length() <= MOST_MESSAGE, which + ": " + message);
        assertTrue(message.matches("[ -~]*"), which + ": " + message);
        assertTrue(message.startsWith("p: "), which + ": " + message);
      }
      long time = thread.getCurrentThreadCpuTime() - start;
      long allocated = thread.getCurrentThreadAllocatedBytes() - bytes;
      assertTrue(time <= MOST_NANOSECONDS, which + " took " + time + " ns");
      assertTrue(allocated <= MOST_BYTES, which + " took " + allocated + " bytes");
    }
  }
}
