package dev.convoy.spark.format;

import dev.convoy.image.DataException;
import java.util.Map;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.BsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Spark's types of those columns of Parquet that can hold pictures, pixels, labels, targets or
 * weights: bytes, texts, booleans, numbers, and lists of them. Source: "Parquet Logical Type
 * Definitions", with its rules for lists that older programs wrote.
 */
final class ParquetType {
  /** Whole numbers by their bits, and whether they have a sign: without it, they need more bits. */
  private static final Map<String, DataType> WHOLE =
      Map.of(
          "8 true", DataTypes.ByteType,
          "16 true", DataTypes.ShortType,
          "32 true", DataTypes.IntegerType,
          "64 true", DataTypes.LongType,
          "8 false", DataTypes.ShortType,
          "16 false", DataTypes.IntegerType,
          "32 false", DataTypes.LongType);

  private ParquetType() {}

  /**
   * Returns the type of a column.
   *
   * @param who has it, for errors
   * @throws DataException if the column holds anything else
   */
  static DataType of(Type column, String who) {
    DataType type = find(column, false);
    if (type == null) {
      String found = column.toString().lines().findFirst().orElse("").strip();
      throw new DataException(
          who
              + " must be binary, of texts, of booleans, of numbers, or of arrays of them, but is "
              + found);
    }
    return type;
  }

  private static @Nullable DataType find(Type field, boolean isElement) {
    if (field.isRepetition(Type.Repetition.REPEATED) && !isElement) {
      return array(find(field, true), false);
    } else if (field instanceof PrimitiveType primitive) {
      return primitive(primitive);
    }
    GroupType group = field.asGroupType();
    boolean isList =
        group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
            && group.getFieldCount() == 1
            && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    return isList ? list(group, group.getType(0)) : null;
  }

  private static @Nullable DataType list(GroupType list, Type repeated) {
    if (repeated.isPrimitive()) {
      return array(find(repeated, true), false);
    }
    GroupType group = repeated.asGroupType();
    String name = group.getName();
    boolean isElement =
        group.getFieldCount() != 1
            || name.equals("array")
            || name.equals(list.getName() + "_tuple");
    if (isElement) {
      return null; // a structure
    }
    Type element = group.getType(0);
    return array(find(element, false), element.isRepetition(Type.Repetition.OPTIONAL));
  }

  private static @Nullable DataType array(@Nullable DataType element, boolean nulls) {
    return element == null ? null : new ArrayType(element, nulls);
  }

  private static @Nullable DataType primitive(PrimitiveType field) {
    LogicalTypeAnnotation means = field.getLogicalTypeAnnotation();
    PrimitiveTypeName kind = field.getPrimitiveTypeName();
    if (means instanceof IntLogicalTypeAnnotation whole) {
      return WHOLE.get(whole.getBitWidth() + " " + whole.isSigned());
    } else if (means instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal.getPrecision() > DecimalType.MAX_PRECISION()
          ? null
          : new DecimalType(decimal.getPrecision(), decimal.getScale());
    } else if (kind == PrimitiveTypeName.BINARY && means != null) {
      boolean text =
          means instanceof StringLogicalTypeAnnotation
              || means instanceof EnumLogicalTypeAnnotation
              || means instanceof JsonLogicalTypeAnnotation;
      return text
          ? DataTypes.StringType
          : means instanceof BsonLogicalTypeAnnotation ? DataTypes.BinaryType : null;
    } else if (means != null) {
      return null;
    }
    return switch (kind) {
      case INT32 -> DataTypes.IntegerType;
      case INT64 -> DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case BOOLEAN -> DataTypes.BooleanType;
      case BINARY, FIXED_LEN_BYTE_ARRAY -> DataTypes.BinaryType;
      default -> null;
    };
  }
}
