package dev.convoy.spark.format;

import dev.convoy.config.data.Idx;
import dev.convoy.data.DataSummary;
import dev.convoy.data.IdxImages;
import dev.convoy.data.ImageStream;
import dev.convoy.data.LabelRule;
import dev.convoy.image.DataException;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.portion.ImageSource;
import dev.convoy.spark.portion.Numbering;
import dev.convoy.spark.portion.StreamPortions;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Two IDX files: they are read by the driver, from first to last byte, before Spark starts. */
record IdxFiles(HadoopFiles files, Idx idx) implements FoundImages {
  static FoundImages find(HadoopFiles files, Idx source, boolean labelled) {
    return new IdxFiles(files, source);
  }

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request)
      throws IOException {
    int outputs = request.classes() == null ? 0 : request.classes().size();
    String unlabelled = idx.images(); // it travels with tasks, which this reader can't
    ImageSource source =
        outputs == 0
            ? opener -> IdxImages.open(opener, unlabelled)
            : ImageSource.idx(idx.images(), idx.labels(), new LabelRule(outputs, request.loss()));
    try (ImageStream images = source.open(files)) {
      Shape shape = images.shape();
      if (!shape.equals(request.input())) {
        throw new DataException(
            idx.images()
                + ": images must be "
                + request.input()
                + ", as the network takes, but are "
                + shape);
      }
      DataSummary summary = DataSummary.of(images, outputs);
      BlockRdd blocks =
          new BlockRdd(
              examples -> StreamPortions.read(spark.get(), files, source, examples, shape, 0),
              Numbering.PLAIN,
              summary.exampleBytes());
      long bytes = (long) summary.count() * summary.exampleBytes();
      return new ReadImages(
          summary, blocks, Numbering.PLAIN, summary.count(), bytes, List.of(), List.of());
    }
  }

  @Override
  public String labelsName() {
    return idx.labels();
  }

  @Override
  public ImageName name(int id) {
    return new ImageName(idx.images(), id);
  }
}
