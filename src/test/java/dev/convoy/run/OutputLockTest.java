package dev.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.FolderContent;
import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.spark.file.HadoopFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {
  @TempDir private Path folder;
  private final HadoopFiles files = new HadoopFiles(new Configuration());
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

  private OutputLock take(long patienceMillis) throws IOException {
    RunListener listener =
        new RunListener() {
          @Override
          public void onNote(String sentence) {
            out.println(sentence);
          }
        };
    return OutputLock.take(files, folder.toString(), listener, patienceMillis);
  }

  private void write(LockOwner owner) throws IOException {
    Files.writeString(folder.resolve("run.lock"), TreeText.json(TreeWriter.write(owner)));
  }

  private static LockOwner with(String machine, long process, String started) {
    return new LockOwner("other", "host7", machine, process, started, 3);
  }

  private String refusal() {
    return assertThrows(WrongInputException.class, () -> take(50)).getMessage();
  }

  @Test
  void aFolderIsLockedOnceAndUnlockedAtTheEnd() throws IOException {
    try (OutputLock lock = take(50)) {
      lock.look();
      assertTrue(
          refusal()
              .startsWith(
                  folder
                      + ": the output folder must be used by no other run, but is in use by process "
                      + ProcessHandle.current().pid()
                      + " on "),
          refusal());
      assertThrows(
          WrongInputException.class, () -> OutputLock.refuseIfHeld(files, folder.toString()));
      lock.look();
    }
    assertEquals(List.of(), FolderContent.files(folder));
    OutputLock.refuseIfHeld(files, folder.toString());
    take(50).close();
    assertEquals("", told.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theLockOfAProcessThatIsGoneIsTakenOverAtOnce() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    LockOwner self = LockOwner.self();
    // Another process may have got its number since: it did not start at that time.
    for (LockOwner owner :
        List.of(
            with(self.machine(), gone.pid(), "2020-01-01T00:00:00Z"),
            with(self.machine(), self.process(), "2020-01-01T00:00:00Z"))) {
      write(owner);
      OutputLock.refuseIfHeld(files, folder.toString());
      try (OutputLock lock = take(Long.MAX_VALUE / 2_000_000)) {
        lock.look();
      }
      assertTrue(
          told.toString(StandardCharsets.UTF_8)
              .contains(owner.shown() + ", which is gone: taking it over"));
      assertEquals(List.of(), FolderContent.files(folder));
    }
  }

  @Test
  void theLockOfAnotherMachineIsTakenOverWhereItGivesNoSignOfLife() throws IOException {
    LockOwner self = LockOwner.self();
    write(with("elsewhere", self.process(), self.started()));
    OutputLock.refuseIfHeld(files, folder.toString());
    try (OutputLock lock = take(1)) {
      lock.look();
    }
    assertTrue(told.toString(StandardCharsets.UTF_8).contains("waiting whether it still lives"));
  }

  @Test
  void aSignOfLifeFromAnotherMachineIsBelieved() throws Exception {
    LockOwner self = LockOwner.self();
    LockOwner owner = with("elsewhere", self.process(), self.started());
    write(owner);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> refused =
          thread.submit(
              () ->
                  assertThrows(WrongInputException.class, () -> take(Long.MAX_VALUE / 2_000_000)));
      while (told.size() == 0) {
        Thread.onSpinWait(); // until it has seen the lock
      }
      write(owner.alive());
      refused.get();
    } finally {
      thread.shutdownNow();
    }
    assertTrue(Files.readString(folder.resolve("run.lock")).contains("\"beat\": 4"));
  }

  @Test
  void whatIsNoLockIsTakenOverAfterTheSameWait() throws IOException {
    Files.writeString(folder.resolve("run.lock"), "{\"id\": ");
    take(1).close();
  }

  @Test
  void aRunThatStoodStillFindsOutThatItLostTheFolder() throws IOException {
    OutputLock lock = take(50);
    lock.check();
    write(with("elsewhere", 1, ""));
    IOException e = assertThrows(IOException.class, lock::look);
    assertEquals(
        folder + ": another run has taken this output folder over, as this one stood still",
        e.getMessage());
    assertThrows(IOException.class, lock::check);
    lock.close();
    assertTrue(Files.exists(folder.resolve("run.lock")), "the lock is the other's");
  }

  @Test
  void aFolderThatIsRemovedIsNotCalledTakenOver() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    OutputLock lock = OutputLock.take(files, run.toString(), RunListener.NONE);
    String end =
        " was removed while a run was writing there; it ends, as it can't own the folder any more";
    Files.delete(run.resolve("run.lock"));
    assertEquals(
        run + "/run.lock:" + end, assertThrows(IOException.class, lock::look).getMessage());
    Files.delete(run);
    assertEquals(run + ":" + end, assertThrows(IOException.class, lock::look).getMessage());
    lock.close();
    assertFalse(Files.exists(run));
  }

  @Test
  void aLockThatIsNoFileIsRefused() throws Exception {
    Path lock = folder.resolve("run.lock");
    String refusal = lock + ": must be a run's lock, but is no file that can be read; remove it";
    Files.createDirectory(lock);
    assertEquals(refusal, refusal());
    Files.delete(lock);
    Files.createSymbolicLink(lock, folder.resolve("nowhere"));
    assertEquals(refusal, refusal());
  }

  @Test
  void ofManyThatLockAtOnceOneSucceeds() throws Exception {
    int count = 8;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<OutputLock>> results = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    return take(50);
                  } catch (WrongInputException e) {
                    return null;
                  }
                }));
      }
      start.countDown();
      List<OutputLock> locks = new ArrayList<>();
      for (Future<OutputLock> result : results) {
        if (result.get() != null) {
          locks.add(result.get());
        }
      }
      assertEquals(1, locks.size());
      locks.get(0).close();
      assertFalse(Files.exists(folder.resolve("run.lock")));
    } finally {
      threads.shutdownNow();
    }
  }
}
