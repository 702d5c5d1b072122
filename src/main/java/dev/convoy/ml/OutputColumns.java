package dev.convoy.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a classifier adds; one without a name is left out.
 *
 * @param raw of vectors: the logarithms of probabilities
 * @param probability of vectors
 * @param prediction of class numbers, whose metadata have the classes' names
 */
record OutputColumns(String raw, String probability, String prediction) implements Serializable {
  /**
   * Returns a schema with these columns.
   *
   * @param classes names of the classes; absent where they have none
   * @throws IllegalArgumentException if there is a column of such a name
   */
  StructType appendedTo(String uid, StructType schema, @Nullable List<String> classes) {
    StructType all = schema;
    all = append(uid, all, raw, SQLDataTypes.VectorType(), Metadata.empty());
    all = append(uid, all, probability, SQLDataTypes.VectorType(), Metadata.empty());
    Metadata names =
        classes == null || prediction.isEmpty()
            ? Metadata.empty()
            : NominalAttribute.defaultAttr()
                .withName(prediction)
                .withValues(classes.toArray(String[]::new))
                .toMetadata();
    return append(uid, all, prediction, DataTypes.DoubleType, names);
  }

  /**
   * Returns a schema with one more column; the same if it has no name.
   *
   * @throws IllegalArgumentException if there is a column of this name
   */
  static StructType append(String uid, StructType schema, String name, DataType type) {
    return append(uid, schema, name, type, Metadata.empty());
  }

  private static StructType append(
      String uid, StructType schema, String name, DataType type, Metadata metadata) {
    if (name.isEmpty()) {
      return schema;
    }
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          uid
              + ": the dataset must have no column "
              + name
              + " yet, which is to be added, but has");
    }
    return schema.add(new StructField(name, type, true, metadata));
  }
}
