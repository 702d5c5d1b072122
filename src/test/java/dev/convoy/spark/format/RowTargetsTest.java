package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.data.ClassLabels;
import dev.convoy.data.ColumnTargets;
import dev.convoy.data.TargetColumns;
import dev.convoy.image.DataException;
import dev.convoy.image.Target;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.SoftmaxCrossEntropy;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class RowTargetsTest {
  private static final TargetColumns VECTOR =
      new TargetColumns(null, List.of(), List.of("vector"), "w");
  private static final TargetColumns CLASS = new TargetColumns("kind", List.of(), List.of(), "w");

  private static RowTargets targets(TargetColumns columns, Loss loss) {
    return new RowTargets(
        ColumnTargets.of("table", columns, new ClassLabels(List.of("cat", "dog")), loss), 1);
  }

  @Test
  void arraysAndVectorsAreTargets() {
    RowTargets targets = targets(VECTOR, new MeanSquaredError());
    Target expected = Target.ofValues(0.5f, -2).weighing(3);
    Object array = CollectionConverters.asScala(List.of(0.5, -2.0)).toSeq();
    assertEquals(expected, targets.target(RowFactory.create("x", array, 3), "row"));
    assertEquals(
        expected, targets.target(RowFactory.create("x", Vectors.dense(0.5, -2), 3L), "row"));
    assertEquals(
        Target.ofValues(0, -2),
        targets.target(
            RowFactory.create("x", Vectors.sparse(2, new int[] {1}, new double[] {-2}), 1f),
            "row"));
  }

  @Test
  void aFolderTellsTheLabelInPlaceOfAColumn() {
    RowTargets targets = targets(CLASS, new SoftmaxCrossEntropy());
    Target expected = Target.ofClass(1).weighing(0.5f);
    assertEquals(expected, targets.target(RowFactory.create("x", "dog", 0.5), "row"));
    assertEquals(expected, targets.target("dog", RowFactory.create("x", 0.5), "row"));
  }

  private static void check(TargetColumns columns, DataType type) {
    Map<String, DataType> types = Map.of("vector", type, "kind", type, "w", DataTypes.FloatType);
    RowTargets.checkTypes("table", columns, types::get);
  }

  @Test
  void typesAreThoseOfNumbersTextsAndArrays() {
    check(VECTOR, DataTypes.createArrayType(DataTypes.FloatType));
    check(VECTOR, SQLDataTypes.VectorType());
    check(VECTOR, DataTypes.createDecimalType(9, 2));
    check(CLASS, DataTypes.StringType);
    check(CLASS, DataTypes.DoubleType);
    assertEquals(
        "table: column vector must be of numbers or arrays of numbers, but is array<string>",
        assertThrows(
                DataException.class,
                () -> check(VECTOR, DataTypes.createArrayType(DataTypes.StringType)))
            .getMessage());
    assertEquals(
        "table: column kind must be of whole numbers or texts, but is binary",
        assertThrows(DataException.class, () -> check(CLASS, DataTypes.BinaryType)).getMessage());
  }
}
