package dev.convoy.spark.format.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to do about packages that the session lacks, by what the lines of Spark say of them. */
class MissingPackageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delta | 4.2.0 | io.delta:delta-spark_4.2_2.13:VERSION",
        "Delta | 3.5.6 | io.delta:delta-spark_2.13:VERSION",
        "iceberg | 4.1.0 | org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:VERSION",
        "avro | 4.1.1 | org.apache.spark:spark-avro_2.13:4.1.1"
      })
  void packagesAreOfTheLineOfSpark(String source, String spark, String name) {
    assertEquals(name, MissingPackage.name(source, spark));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[DATA_SOURCE_NOT_FOUND] Failed to find the data source: delta. Make sure | delta-spark",
        "Failed to find data source: avro. Avro is built-in but external | spark-avro",
        "Cannot find catalog plugin class for catalog 'lake': org.apache.iceberg.spark.SparkCatalog."
            + " | iceberg-spark-runtime",
        "Cannot find catalog plugin class for catalog 'spark_catalog':"
            + " org.apache.spark.sql.delta.catalog.DeltaCatalog. | delta-spark"
      })
  void whatSparkLacksIsNamed(String message, String part) {
    RuntimeException problem = new RuntimeException("outer", new ClassNotFoundException(message));
    String cure = MissingPackage.cure(problem);
    assertEquals("; --packages ", cure.substring(0, 13));
    assertEquals(true, cure.contains(part) && cure.endsWith(" brings it"), cure);
  }

  @Test
  void otherProblemsHaveNoCure() {
    assertEquals(
        "", MissingPackage.cure(new RuntimeException("Failed to find the data source: nothing.")));
    assertEquals("", MissingPackage.cure(new RuntimeException()));
  }
}
