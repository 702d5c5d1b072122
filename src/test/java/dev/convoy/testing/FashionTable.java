package dev.convoy.testing;

import dev.convoy.data.IdxImages;
import dev.convoy.data.LabelRule;
import dev.convoy.image.ImageBlock;
import dev.convoy.spark.file.HadoopFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The Fashion-MNIST sample as a table: PNG bytes, names of classes, and places in the files. */
public final class FashionTable {
  /** The names of the classes, in the order of their numbers. */
  public static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final String FOLDER = "data-samples/fashion-mnist/";

  private FashionTable() {}

  /** Returns the training images: columns {@code image}, {@code kind}, {@code id}. */
  public static Dataset<Row> training(SparkSession session) {
    return table(session, "train", 6000);
  }

  /** Returns the test images. */
  public static Dataset<Row> test(SparkSession session) {
    return table(session, "t10k", 1000);
  }

  private static Dataset<Row> table(SparkSession session, String name, int count) {
    ImageBlock images;
    try (IdxImages stream =
        IdxImages.open(
            new HadoopFiles(new Configuration()),
            FOLDER + name + "-images-idx3-ubyte.gz",
            FOLDER + name + "-labels-idx1-ubyte.gz",
            LabelRule.classes(CLASSES.size()))) {
      images = stream.read(count);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      rows.add(RowFactory.create(PictureBytes.png(images, i), CLASSES.get(images.labels()[i]), i));
    }
    StructType schema =
        new StructType()
            .add("image", DataTypes.BinaryType)
            .add("kind", DataTypes.StringType)
            .add("id", DataTypes.IntegerType);
    return session.createDataFrame(rows, schema);
  }
}
