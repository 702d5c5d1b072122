package dev.convoy.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Who has locked an output folder.
 *
 * @param id of the run, different from all others
 * @param host it runs on, for people
 * @param machine it runs on: the same where process numbers mean the same processes
 * @param process number
 * @param started when the process was, as its machine has it; empty if that is not known
 * @param beat counts the signs of life
 */
public record LockOwner(
    String id, String host, String machine, long process, String started, long beat) {

  /** This process, as the owner of a new run. */
  public static LockOwner self() {
    ProcessHandle self = ProcessHandle.current();
    return new LockOwner(
        UUID.randomUUID().toString(), hostName(), machineHere(), self.pid(), started(self), 0);
  }

  /** The same after a sign of life more. */
  LockOwner alive() {
    return new LockOwner(id, host, machine, process, started, beat + 1);
  }

  /** Whether the process can be looked for from here. */
  boolean isOnThisMachine() {
    return machine != null && machine.equals(machineHere());
  }

  /** Whether the process is there; has a meaning on its machine alone. */
  boolean isRunningHere() {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .filter(found -> started(found).equals(started))
        .isPresent();
  }

  /** Names the owner as in {@code process 123 on host7}. */
  public String shown() {
    return "process " + process + " on " + host;
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  /** Containers may share a host's name and its numbers, but not its space of processes. */
  private static String machineHere() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return hostName(); // no Linux: no containers that share a name
    }
  }
}
