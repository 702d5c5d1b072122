package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Picture;
import dev.convoy.image.filter.FilterMode;
import dev.convoy.image.filter.KernelFilter;
import dev.convoy.image.filter.KernelText;
import dev.convoy.image.filter.NamedKernel;
import dev.convoy.image.filter.PictureFilter;
import dev.convoy.image.filter.PixelRange;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SampleImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterCommandIT {
  private static final Path SAMPLES = Path.of("data-samples/images");

  @TempDir private Path folder;

  @Test
  void filesAreFilteredUnderTheirNames() throws IOException {
    Path out = folder.resolve("a/b");
    CommandRun run =
        filter(
            List.of(
                SAMPLES.resolve("bag.png").toString(), SAMPLES.resolve("trouser.png").toString()),
            "--kernel",
            "sobelVertical",
            "--output",
            out.toString());
    assertEquals(List.of("Wrote 2 pictures to " + out), run.out());
    assertEquals(List.of("bag.png", "trouser.png"), FolderContent.files(folder.resolve("a/b")));
    KernelFilter sobel = KernelFilter.of(NamedKernel.SOBEL_VERTICAL.kernel());
    assertFiltered(
        new PictureFilter(sobel, false, PixelRange.MINMAX, null),
        SAMPLES.resolve("bag.png"),
        out.resolve("bag.png"));
    assertEquals(Shape.of(1, 26, 26), read(out.resolve("bag.png")).shape());
  }

  @Test
  void everyOptionHasItsEffect() throws IOException {
    Path photo = folder.resolve("photo.PNG");
    write(photo, 3, 20, 30, 7);
    filter(
        List.of(photo.toString()),
        "--kernel=[[1,-2.5],[0,1],[0.5,1]]",
        "--padding=2",
        "--stride=3",
        "--mode=convolution",
        "--per-channel",
        "--range=clamp",
        "--threshold=0.4",
        "--output=" + folder);
    KernelFilter kernel =
        new KernelFilter(
            KernelText.parse("[[1,-2.5],[0,1],[0.5,1]]", "kernel"),
            Padding.of(2),
            Size.of(3),
            FilterMode.CONVOLUTION);
    Path out = folder.resolve("photo.png");
    assertFiltered(new PictureFilter(kernel, true, PixelRange.CLAMP, 0.4), photo, out);
    assertEquals(Shape.of(3, 8, 11), read(out).shape());
  }

  @Test
  void identityWithClampGivesThePictureBack() throws IOException {
    Path photo = folder.resolve("photo.png");
    write(photo, 3, 9, 8, 1);
    String[] options = {"--kernel=identity", "--range=clamp", "--padding=same", "--per-channel"};
    filter(List.of(photo.toString()), with(options, "--output=" + folder.resolve("out")));
    assertArrayEquals(read(photo).pixels(), read(folder.resolve("out/photo.png")).pixels());
  }

  @Test
  void aKernelMayStandInAFile() throws IOException {
    Path json = folder.resolve("kernel.json");
    Path rows = folder.resolve("kernel.txt");
    Files.writeString(json, "[[0,-1,0],\n [-1,5,-1],\n [0,-1,0]]\n");
    Files.writeString(rows, "0 -1 0\n-1 5 -1\n0 -1 0\n");
    List<String> bag = List.of(SAMPLES.resolve("bag.png").toString());
    filter(bag, "--kernel=" + json, "--output=" + folder.resolve("json"));
    filter(bag, "--kernel=" + rows, "--output=" + folder.resolve("rows"));
    filter(bag, "--kernel=sharpen", "--output=" + folder.resolve("name"));
    byte[] expected = Files.readAllBytes(folder.resolve("name/bag.png"));
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("json/bag.png")));
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("rows/bag.png")));
  }

  @Test
  void aFolderIsFilteredOnSparkWithAllBelowIt() throws IOException {
    Path photos = folder.resolve("photos");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String name = "class" + i % 3 + "/deep/" + i;
      write(photos.resolve(name + ".png"), i % 2 == 0 ? 3 : 1, 5 + i % 7, 6, i);
      names.add(name + ".png");
    }
    ImageIO.write(
        new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB),
        "jpeg",
        photos.resolve("black.JPG").toFile());
    names.add("black.png");
    Files.writeString(photos.resolve("notes.txt"), "no picture");
    Files.createDirectories(photos.resolve("_hidden"));
    Files.writeString(photos.resolve(".hidden.png"), "no picture");
    Files.writeString(photos.resolve("_hidden/a.png"), "no picture");

    Path out = folder.resolve("out");
    CommandRun run =
        filter(List.of(photos + "/"), "--kernel=laplacian", "--range=clamp", "--output=" + out);
    assertEquals(List.of("Wrote 151 pictures to " + out + "; left out 1 other file"), run.out());
    assertEquals(names.stream().sorted().toList(), FolderContent.files(out));
    KernelFilter laplacian = KernelFilter.of(NamedKernel.LAPLACIAN.kernel());
    PictureFilter expected = new PictureFilter(laplacian, false, PixelRange.CLAMP, null);
    for (String name : names.subList(0, 150)) {
      assertFiltered(expected, photos.resolve(name), out.resolve(name));
    }
  }

  @Test
  void sparkAndTheDriverWriteTheSameBytes() throws IOException {
    String samples = SAMPLES.toString();
    filter(List.of(samples), "--kernel=emboss", "--output=" + folder.resolve("spark"));
    List<String> each =
        Stream.of("bag", "sneaker", "trouser").map(name -> samples + "/" + name + ".png").toList();
    filter(each, "--kernel=emboss", "--output=" + folder.resolve("driver"));
    for (String name : List.of("bag.png", "sneaker.png", "trouser.png")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("driver").resolve(name)),
          Files.readAllBytes(folder.resolve("spark").resolve(name)));
    }
    assertEquals(3, FolderContent.files(folder.resolve("spark")).size());
  }

  @Test
  void overwritingReplacesResultsAlone() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("bag.png"), "old");
    Files.writeString(out.resolve("other.png"), "other");
    filter(List.of(SAMPLES + "/bag.png"), "--kernel=emboss", "--output=" + out, "--overwrite");
    assertEquals(Shape.of(1, 26, 26), read(out.resolve("bag.png")).shape());
    assertEquals("other", Files.readString(out.resolve("other.png")));
    assertEquals(List.of("bag.png", "other.png"), FolderContent.files(out));
  }

  private static CommandRun filter(List<String> images, String... options) {
    CommandRun run =
        CommandRun.of(
            Stream.of(Stream.of("filter"), images.stream(), Stream.of(options))
                .flatMap(part -> part)
                .toArray(String[]::new));
    assertEquals(List.of(), run.err());
    assertEquals(0, run.status());
    return run;
  }

  private static String[] with(String[] options, String last) {
    return Stream.concat(Stream.of(options), Stream.of(last)).toArray(String[]::new);
  }

  private static void assertFiltered(PictureFilter filter, Path in, Path out) throws IOException {
    Picture expected = filter.apply(read(in));
    Picture actual = read(out);
    assertEquals(expected.shape(), actual.shape(), out.toString());
    assertArrayEquals(expected.pixels(), actual.pixels(), out.toString());
  }

  private static Picture read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return ImageDecoder.decodePicture(in, path.toString());
    }
  }

  private static void write(Path path, int channels, int height, int width, long seed)
      throws IOException {
    Shape shape = Shape.of(channels, height, width);
    Files.createDirectories(path.getParent());
    try (OutputStream out = Files.newOutputStream(path)) {
      new Picture(shape, SampleImages.random(1, shape, 1, seed).pixels()).writePng(out);
    }
  }
}
