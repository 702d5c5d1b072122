import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/**
 * Makes the samples in this folder from the whole Fashion-MNIST set: {@code java
 * data-samples/MakeSamples.java data/fashion-mnist data-samples}. Of each class it takes the first
 * 600 training and the first 100 test images, in the order of the files, and of some classes the
 * first test image as a PNG.
 */
public final class MakeSamples {
  private static final int CLASSES = 10;
  private static final int TRAIN_PER_CLASS = 600;
  private static final int TEST_PER_CLASS = 100;
  private static final Map<Integer, String> PICTURES =
      new TreeMap<>(Map.of(1, "trouser", 7, "sneaker", 8, "bag"));

  private record Examples(int height, int width, byte[] pixels, byte[] labels) {
    byte[] image(int i) {
      return ByteBuffer.allocate(height * width)
          .put(pixels, i * height * width, height * width)
          .array();
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: java MakeSamples.java FULL_SET_FOLDER OUTPUT_FOLDER");
      System.exit(2);
    }
    Path from = Path.of(args[0]);
    Path to = Files.createDirectories(Path.of(args[1], "fashion-mnist"));
    write(firstOfEachClass(read(from, "train"), TRAIN_PER_CLASS), to, "train");
    Examples test = read(from, "t10k");
    write(firstOfEachClass(test, TEST_PER_CLASS), to, "t10k");
    Path images = Files.createDirectories(Path.of(args[1], "images"));
    for (Map.Entry<Integer, String> picture : PICTURES.entrySet()) {
      writePicture(test, picture.getKey(), images.resolve(picture.getValue() + ".png"));
    }
  }

  private static Examples read(Path folder, String prefix) throws IOException {
    ByteBuffer images = unzip(folder.resolve(prefix + "-images-idx3-ubyte.gz"));
    ByteBuffer labels = unzip(folder.resolve(prefix + "-labels-idx1-ubyte.gz"));
    expect(images.getInt() == 0x803 && labels.getInt() == 0x801, "not IDX files of bytes");
    int count = images.getInt();
    int height = images.getInt();
    int width = images.getInt();
    expect(labels.getInt() == count, "as many labels as images are needed");
    byte[] pixels = new byte[count * height * width];
    byte[] classes = new byte[count];
    images.get(pixels);
    labels.get(classes);
    return new Examples(height, width, pixels, classes);
  }

  private static Examples firstOfEachClass(Examples all, int perClass) {
    int[] taken = new int[CLASSES];
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < all.labels().length; i++) {
      if (taken[all.labels()[i]]++ < perClass) {
        chosen.add(i);
      }
    }
    expect(chosen.size() == CLASSES * perClass, "too few images of some class");
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    for (int i : chosen) {
      pixels.writeBytes(all.image(i));
      labels.write(all.labels()[i]);
    }
    return new Examples(all.height(), all.width(), pixels.toByteArray(), labels.toByteArray());
  }

  private static void write(Examples examples, Path folder, String prefix) throws IOException {
    int count = examples.labels().length;
    try (DataOutputStream out = zip(folder.resolve(prefix + "-images-idx3-ubyte.gz"))) {
      out.writeInt(0x803);
      out.writeInt(count);
      out.writeInt(examples.height());
      out.writeInt(examples.width());
      out.write(examples.pixels());
    }
    try (DataOutputStream out = zip(folder.resolve(prefix + "-labels-idx1-ubyte.gz"))) {
      out.writeInt(0x801);
      out.writeInt(count);
      out.write(examples.labels());
    }
  }

  private static void writePicture(Examples examples, int label, Path file) throws IOException {
    int i = 0;
    while (examples.labels()[i] != label) {
      i++;
    }
    BufferedImage picture =
        new BufferedImage(examples.width(), examples.height(), BufferedImage.TYPE_BYTE_GRAY);
    picture
        .getRaster()
        .setDataElements(0, 0, examples.width(), examples.height(), examples.image(i));
    ImageIO.write(picture, "png", file.toFile());
  }

  private static ByteBuffer unzip(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }

  /** A gzip file without name and time, so that the same images give the same bytes. */
  private static DataOutputStream zip(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new DataOutputStream(
        new GZIPOutputStream(out) {
          {
            def.setLevel(9);
          }
        });
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
