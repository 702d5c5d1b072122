package dev.convoy.spark.format;

import dev.convoy.data.RawExample;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that have no columns beside them: the file, as the source names it, and the position in
 * it tell each from others.
 */
final class PlacedPictures {
  private static final StructType COLUMNS =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("index", DataTypes.IntegerType, false);

  private PlacedPictures() {}

  /**
   * Returns the pictures that were read.
   *
   * @param keep names of columns; absent for both
   */
  static KeyedPictures of(
      JavaSparkContext context, FoundImages found, ReadImages read, @Nullable List<String> keep) {
    StructField[] chosen = chosen(COLUMNS, keep, found.name(0).file());
    int[] columns =
        Arrays.stream(chosen).mapToInt(field -> COLUMNS.fieldIndex(field.name())).toArray();
    Names names = Names.of(found, read.records());
    int[] bad = read.numbering().badPlaces();
    JavaRDD<ImageBlock> blocks = read.blocks().uncached().inOrder("images", read.summary().count());
    return new KeyedPictures(
        FixedSession.of(context),
        new StructType(chosen),
        blocks.flatMap(block -> pictures(block, names, bad, columns)),
        read.problems());
  }

  /** Returns the columns of these names, or all. */
  static StructField[] chosen(StructType all, @Nullable List<String> keep, String who) {
    if (keep == null) {
      return all.fields();
    }
    Map<String, StructField> byName = new LinkedHashMap<>();
    Arrays.stream(all.fields()).forEach(field -> byName.put(field.name(), field));
    return KeptColumns.chosen(byName, keep, who).values().toArray(StructField[]::new);
  }

  private static Iterator<KeyedPicture> pictures(
      ImageBlock block, Names names, int[] bad, int[] columns) {
    return new Iterator<>() {
      private int image;
      private int skipped;

      @Override
      public boolean hasNext() {
        return image < block.size();
      }

      @Override
      public KeyedPicture next() {
        int id = block.ids()[image];
        // Ids rise in a block: bad records before this one are those before the last, and more.
        while (skipped < bad.length && bad[skipped] <= id + skipped) {
          skipped++;
        }
        ImageName name = names.of(id + skipped);
        Object[] all = {name.file(), name.index()};
        Row key = RowFactory.create(Arrays.stream(columns).mapToObj(c -> all[c]).toArray());
        return new KeyedPicture(key, new Placed(block, image++, name));
      }
    };
  }

  /** An image of a block. */
  private record Placed(ImageBlock block, int position, ImageName place) implements RawExample {
    @Override
    public String name() {
      return place.file() + ", image " + place.index() + " (counted from 0)";
    }

    @Override
    public Target target() {
      return Target.NONE;
    }

    @Override
    public byte[] pixels() {
      int size = block.shape().size();
      return Arrays.copyOfRange(block.pixels(), position * size, (position + 1) * size);
    }
  }

  /**
   * The names of images by their places, in a form that travels.
   *
   * @param files each with a run of places
   * @param first place of each run
   * @param index in the file of the first place
   */
  private record Names(String[] files, int[] first, int[] index) implements Serializable {
    static Names of(FoundImages found, long records) {
      List<String> files = new ArrayList<>();
      List<Integer> first = new ArrayList<>();
      List<Integer> index = new ArrayList<>();
      ImageName last = null;
      for (int place = 0; place < records; place++) {
        ImageName name = found.name(place);
        if (last == null || !name.file().equals(last.file()) || name.index() != last.index() + 1) {
          files.add(name.file());
          first.add(place);
          index.add(name.index());
        }
        last = name;
      }
      return new Names(
          files.toArray(String[]::new),
          first.stream().mapToInt(Integer::intValue).toArray(),
          index.stream().mapToInt(Integer::intValue).toArray());
    }

    ImageName of(int place) {
      int at = Arrays.binarySearch(first, place);
      // Where it is not found, what comes back is -(how many are smaller) - 1.
      int run = at < 0 ? -at - 2 : at;
      return new ImageName(files[run], index[run] + place - first[run]);
    }
  }
}
