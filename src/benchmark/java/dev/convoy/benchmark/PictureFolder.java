package dev.convoy.benchmark;

import dev.convoy.data.ClassFolders;
import dev.convoy.data.PictureEntry;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.ImageDecoder;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pictures in a folder for each class, on this machine's disk. */
final class PictureFolder {
  private PictureFolder() {}

  /** All of them, in the order of their paths, whose positions are their ids. */
  static ImageBlock read(Path folder, Shape shape) throws IOException {
    ClassFolders found = ClassFolders.of(folder.toString(), files(folder), folders(folder));
    List<PictureEntry> pictures = found.pictures();
    ImageDecoder decoder = new ImageDecoder(shape);
    int[] labels = new int[pictures.size()];
    byte[] pixels = new byte[Math.multiplyExact(pictures.size(), shape.size())];
    for (int i = 0; i < labels.length; i++) {
      PictureEntry picture = pictures.get(i);
      labels[i] = found.classes().indexOf(picture.label());
      byte[] file = Files.readAllBytes(folder.resolve(picture.path()));
      byte[] decoded = decoder.decode(file, picture.path());
      System.arraycopy(decoded, 0, pixels, i * shape.size(), shape.size());
    }
    int[] ids = IntStream.range(0, labels.length).toArray();
    return new ImageBlock(shape, ids, labels, pixels);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static List<String> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).map(path -> path.getFileName().toString()).toList();
    }
  }
}
