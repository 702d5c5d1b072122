package dev.convoy.spark.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.data.Images;
import dev.convoy.image.DataException;
import dev.convoy.spark.format.FoundImages;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a local folder may hold beside files that can be read. */
@Timeout(60) // against waiting for a pipe alone
class LocalListingTest {
  private static final HadoopFiles FILES = new HadoopFiles(new Configuration());

  @TempDir private Path folder;

  private static void assertRefused(String message, Executable action) {
    DataException e = assertThrows(DataException.class, action);
    assertEquals(message, e.getMessage());
  }

  /** Does what Java can't do, whatever the locale. */
  private static void shell(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", "-c", command).inheritIO().start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), command);
  }

  @Test
  void pipesSocketsAndDevicesAreNoFiles() throws Exception {
    shell("mkfifo " + folder + "/pipe.csv");
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      for (String path : List.of(folder + "/pipe.csv", socket.toString(), "/dev/zero")) {
        String message =
            path + ": must be a file, but is a pipe, a socket or a device, which has no end";
        assertRefused(message, () -> FILES.open(path));
        assertRefused(message, () -> FILES.length(path));
        assertRefused(message, () -> FoundImages.find(new Images(null, path), FILES, true));
      }
    }
  }

  @Test
  void aFolderOfDevicesIsNoData() {
    DataException e =
        assertThrows(
            DataException.class, () -> FoundImages.find(new Images("/dev", null), FILES, true));
    assertTrue(e.getMessage().startsWith("/dev"), e::getMessage);
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void whatTheShellHasOpenedForTheProcessIsRead() throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "text");
    try (var in = Files.newInputStream(file)) {
      assertEquals(4, in.readAllBytes().length);
    }
    assertTrue(FILES.exists("/dev/stdin"));
  }

  @Test
  void aNameThatTheLocaleCannotSpellIsRefused() throws Exception {
    shell("mkdir " + folder + "/a; touch " + folder + "/a/$'caf\\xe9.png'");
    for (Executable listing :
        List.<Executable>of(
            () -> FILES.filesBelow(folder.toString()),
            () -> FILES.names(folder + "/a"),
            () -> FILES.folders(folder + "/a"),
            () -> FoundImages.find(Images.of(folder.toString()), FILES, true))) {
      DataException e = assertThrows(DataException.class, listing);
      assertTrue(
          e.getMessage()
              .startsWith(
                  folder + "/a/caf?.png: the name can't be spelt in the encoding of the locale, "),
          e::getMessage);
    }
  }

  @Test
  void hiddenNamesDoNotMatter() throws Exception {
    shell("cd " + folder + "; touch b.png .$'\\xe9' _$'\\xe9'; ln -s nowhere .c");
    assertEquals(List.of("b.png"), FILES.filesBelow(folder.toString()));
    assertEquals(4, FILES.names(folder.toString()).size());
  }

  @Test
  void aDanglingLinkIsNotLost() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.png"), folder.resolve("none"));
    String message = link + ": must lead to a file or folder, but is a dangling link";
    assertRefused(message, () -> FILES.filesBelow(folder.toString()));
    assertRefused(message, () -> FILES.filesBelow(folder.toString(), true));
    assertEquals(Set.of("a.png"), FILES.names(folder.toString()));
  }

  @Test
  void linksLeadOutOfTheFolderOnlyWhereTheyMay() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("1.png"));
    Path link = Files.createSymbolicLink(data.resolve("cat"), elsewhere);
    assertRefused(
        link + ": must lie in " + data + ", but is a symbolic link to " + elsewhere,
        () -> FILES.filesBelow(data.toString()));
    assertEquals(List.of("cat/1.png"), FILES.filesBelow(data.toString(), true));
    FILES.links(data.toString(), true).check("cat/1.png");
    FoundImages found = FoundImages.find(new Images(data.toString(), null, true), FILES, true);
    assertEquals(List.of("cat"), found.classNames(1));

    Path back = Files.createSymbolicLink(elsewhere.resolve("back"), data);
    String circle = ": must not lead round in a circle, but is a symbolic link to ";
    assertRefused(
        data.resolve("cat/back") + circle + data, () -> FILES.filesBelow(data.toString(), true));
    Files.delete(back);
    Files.createSymbolicLink(elsewhere.resolve("again"), elsewhere);
    assertRefused(
        data.resolve("cat/again") + circle + elsewhere,
        () -> FILES.filesBelow(data.toString(), true));
  }

  @Test
  void aPathWithNulIsRefused() {
    assertRefused("'a\\0b': must be a path, but has a character NUL", () -> FILES.open("a\0b"));
    assertRefused(
        "'a\\0b': must be a path, but has a character NUL",
        () -> FoundImages.find(new Images(null, "a\0b"), FILES, true));
  }

  @Test
  void aFileSystemWithoutItsConnectorNamesTheCure() {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.impl", "missing.S3AFileSystem");
    HadoopFiles files = new HadoopFiles(configuration);
    DataException e = assertThrows(DataException.class, () -> files.open("s3a://bucket/x"));
    assertTrue(
        e.getMessage()
            .startsWith(
                "s3a:// needs Hadoop's connector, but its class missing.S3AFileSystem is not there;"
                    + " add --packages org.apache.hadoop:hadoop-aws:"),
        e::getMessage);
  }
}
