package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.Picture;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input of {@code filter}: status 2, one line that names what is wrong, nothing written. */
class FilterWrongInputIT {
  @TempDir private Path folder;

  /** {@code DIR/a.png} of 4x5, {@code DIR/in} with two pictures, and what is none. */
  @BeforeEach
  void writePictures() throws IOException {
    write("a.png", 4, 5);
    write("in/a.png", 7, 7);
    write("in/deep/b.png", 8, 8);
    write("done/a.png", 1, 1);
    Files.writeString(folder.resolve("text.png"), "no picture");
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("empty/text.txt"), "no picture");
    Files.writeString(folder.resolve("ragged.txt"), "1 2 3\n4 5\n");
  }

  /** Runs the filter; expects it to be refused in this line, where {@code DIR} is the folder. */
  private void assertRefused(String message, String... arguments) throws IOException {
    Map<String, String> before = FolderContent.of(folder);
    String here = folder.toString();
    String[] all =
        Stream.concat(Stream.of("filter"), Stream.of(arguments).map(a -> a.replace("DIR", here)))
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(all);
    assertEquals(List.of("convoy: " + message.replace("DIR", here)), run.err());
    assertEquals(2, run.status());
    assertEquals(List.of(), run.out());
    assertEquals(before, FolderContent.of(folder), "files must stay as they were");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          soble-vertical => --kernel must be the name of a kernel, a file or a matrix, but was 'soble-vertical'; did you mean sobel-vertical? (convoy filter --list shows the names)
          zebra => --kernel must be the name of a kernel, a file or a matrix, but was 'zebra' (convoy filter --list shows the names)
          [[1,2],[3]] => --kernel: the rows of a kernel must be of the same length, but row 1 has 2 numbers and row 2 has 1
          DIR/ragged.txt => DIR/ragged.txt: the rows of a kernel must be of the same length, but row 1 has 3 numbers and row 2 has 2
          DIR/kernel.json => DIR/kernel.json: file not found
          DIR/in => DIR/in: must be a file, but is a folder
          [[1],[1],[1],[1],[1]] => DIR/a.png: the kernel of 5x1 needs [C, H>=5, W>=1], but got [1, 4, 5]
          """)
  void aWrongKernelIsRefused(String kernel, String message) throws IOException {
    assertRefused(message, "DIR/a.png", "--kernel", kernel, "--output", "DIR/out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          DIR/b.png --output=DIR/out => DIR/b.png: file not found
          DIR/a.png DIR/text.png --output=DIR/out => DIR/text.png: must be a PNG, JPEG, GIF, BMP or WebP picture, but is not
          DIR/empty --output=DIR/out => DIR/empty: must hold pictures (.png, .jpg, .jpeg, .gif, .bmp or .webp), but holds none
          DIR/a.png --output=DIR/text.png => DIR/text.png: the output must be a folder, but is a file
          DIR/a.png --output=DIR/done => DIR/done/a.png: must not be there yet, but is; --overwrite replaces it
          DIR/in --output=DIR/done/ => DIR/done/a.png: must not be there yet, but is; --overwrite replaces it
          DIR/a.png DIR/in/a.png --output=DIR/out => DIR/out/a.png: would be made of both DIR/a.png and DIR/in/a.png
          DIR/in DIR/in/../a.png --output=DIR/out => DIR/out/a.png: would be made of both DIR/in/a.png and DIR/in/../a.png
          DIR/a.png --output=DIR/in/.. --overwrite => DIR/a.png: is read, and would be replaced by what is made of DIR/a.png; choose another output folder
          DIR/in --output=DIR/in --overwrite => DIR/in: the output must not lie in DIR/in, whose pictures are read
          DIR/in --output=DIR/in/out => DIR/in/out: the output must not lie in DIR/in, whose pictures are read
          DIR/a.png --output=nowhere://x => nowhere://x: must be on a file system that Hadoop knows, but No FileSystem for scheme "nowhere"
          DIR/a.png --output=DIR/out --stride=0 => --stride must be at least 1, but was 0
          DIR/a.png --output=DIR/out --threshold=1.5 => --threshold must be at least 0 and below 1, but was 1.5
          DIR/a.png --output=DIR/out --padding=100000 => DIR/a.png: what the filter makes must have at most 67,108,864 pixels, but is 200003 by 200002
          DIR/a.png --output=DIR/out --padding=none => Invalid value for option '--padding': must be valid, same or a number of pixels, but was 'none' (see convoy filter --help)
          """)
  void wrongPicturesAndOptionsAreRefused(String arguments, String message) throws IOException {
    assertRefused(message, (arguments + " --kernel=sharpen").split(" "));
  }

  @Test
  void aDamagedPictureInAFolderIsRefusedBeforeAnythingIsWritten() throws IOException {
    byte[] png = Files.readAllBytes(folder.resolve("in/a.png"));
    Files.write(folder.resolve("in/deep/c.png"), Arrays.copyOf(png, 20));
    Files.writeString(folder.resolve("in/deep/d.png"), "no picture");
    write("in/deep/e.png", 2, 9);
    CommandRun run =
        CommandRun.of("filter", folder + "/in", "--kernel=sharpen", "--output=" + folder + "/out");
    assertEquals(2, run.status());
    assertEquals(1, run.err().size());
    String start = "convoy: " + folder + "/in/deep/c.png: must be a whole PNG picture";
    assertEquals(start, run.err().get(0).substring(0, start.length()));
    String end = "; and 2 more can't be filtered";
    assertEquals(end, run.err().get(0).substring(run.err().get(0).length() - end.length()));
    Files.delete(folder.resolve("in/deep/c.png"));
    Files.delete(folder.resolve("in/deep/d.png"));
    assertRefused(
        "DIR/in/deep/e.png: the kernel of 3x3 needs [C, H>=3, W>=3], but got [1, 2, 9]",
        "DIR/in",
        "--kernel=sharpen",
        "--output=DIR/out");
  }

  private void write(String name, int height, int width) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    try (OutputStream out = Files.newOutputStream(path)) {
      new Picture(Shape.of(1, height, width), new byte[height * width]).writePng(out);
    }
  }
}
