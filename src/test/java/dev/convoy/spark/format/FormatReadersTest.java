package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.data.DataSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FormatReadersTest {
  private record Readerless() {}

  @Test
  void everyPermittedSourceHasAReader() {
    assertEquals(Set.of(DataSource.class.getPermittedSubclasses()), FormatReaders.kinds());
  }

  @Test
  void aSourceWithoutAReaderIsToldHowToGetOne() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> FormatReaders.named(Readerless.class));
    assertEquals(
        "Every data source must have a reader, but Readerless has neither a class"
            + " dev.convoy.spark.format.ReaderlessFiles with a method find(HadoopFiles, Readerless,"
            + " boolean) that returns FoundImages, nor a line in FormatReaders.exceptions",
        e.getMessage());
  }
}
