package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Preparation;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CifarRecordsTest {
  private static final ImageBlock ALL = SampleImages.random(5, Shape.of(3, 32, 32), 3, 5);
  private static final ClassLabels CLASSES = new ClassLabels(List.of("bird", "cat", "dog"));
  private static final Preparation COLOUR = new Preparation(CifarKind.SHAPE, List.of());

  @Test
  void everyRecordHasItsLabelAndPixels() throws IOException {
    CifarRecords records =
        records(DataFiles.cifar10(ALL), CifarKind.CIFAR10, CLASSES, COLOUR, 2, 5);
    for (int i = 2; i < 5; i++) {
      RawExample example = records.next();
      assertEquals("batch.bin, record " + i + " (counted from 0)", example.name());
      assertEquals(ALL.labels()[i], example.target().classNumber());
      assertArrayEquals(PictureBytes.pixels(ALL, i), example.pixels());
    }
    assertFalse(records.hasNext());
  }

  @Test
  void theFineAndTheCoarseLabelAreToldApart() throws IOException {
    byte[] file = DataFiles.cifar100(ALL, 1);
    RawExample fine = records(file, CifarKind.CIFAR100_FINE, CLASSES, COLOUR, 0, 5).next();
    RawExample coarse = records(file, CifarKind.CIFAR100_COARSE, CLASSES, COLOUR, 0, 5).next();
    assertEquals(ALL.labels()[0], fine.target().classNumber());
    assertEquals(1, coarse.target().classNumber());
    assertArrayEquals(fine.pixels(), coarse.pixels());
  }

  @Test
  void withoutClassesNoLabelIsLookedAt() throws IOException {
    byte[] file = DataFiles.cifar10(ALL);
    file[0] = 99;
    assertEquals(
        ImageBlock.NO_LABEL,
        records(file, CifarKind.CIFAR10, null, COLOUR, 0, 5).next().target().classNumber());
    RawExample wrong = records(file, CifarKind.CIFAR10, CLASSES, COLOUR, 0, 5).next();
    DataException e = assertThrows(DataException.class, wrong::target);
    assertEquals(
        "batch.bin, record 0 (counted from 0): labels must be from 0 to 2, as there are classes,"
            + " but this is 99",
        e.getMessage());
  }

  @Test
  void aGreyNetworkSeesLuminance() throws IOException {
    byte[] file = new byte[3073];
    Arrays.fill(file, 1, 1025, (byte) 200);
    Arrays.fill(file, 1025, 2049, (byte) 100);
    Preparation grey = new Preparation(Shape.of(1, 32, 32), List.of());
    byte[] pixels = records(file, CifarKind.CIFAR10, CLASSES, grey, 0, 1).next().pixels();
    assertEquals(1024, pixels.length);
    // 0.2989 * 200 + 0.5870 * 100 = 118.48
    assertEquals(118, pixels[7]);
  }

  @Test
  void filesHoldWholeRecords() {
    assertEquals(4, CifarRecords.count(CifarKind.CIFAR10, "batch.bin", 4 * 3073));
    assertEquals(4, CifarRecords.count(CifarKind.CIFAR100_FINE, "batch.bin", 4 * 3074));
    for (long bytes : new long[] {0, 3072, 3074}) {
      DataException e =
          assertThrows(
              DataException.class, () -> CifarRecords.count(CifarKind.CIFAR10, "batch.bin", bytes));
      assertEquals(
          "batch.bin: must hold whole records of 3073 bytes, as CIFAR-10's binary files do, but has "
              + bytes
              + " bytes",
          e.getMessage());
    }
  }

  @Test
  void aFileThatBecameShorterIsRefused() throws IOException {
    byte[] cut = Arrays.copyOf(DataFiles.cifar10(ALL), 3073 + 100);
    CifarRecords records = records(cut, CifarKind.CIFAR10, CLASSES, COLOUR, 0, 5);
    records.next();
    DataException e = assertThrows(DataException.class, records::next);
    assertEquals("batch.bin: changed while it was read: it ends within record 1", e.getMessage());
  }

  private static CifarRecords records(
      byte[] file, CifarKind kind, ClassLabels classes, Preparation preparation, int from, int end)
      throws IOException {
    return new CifarRecords(
        new ByteArrayInputStream(file), "batch.bin", kind, classes, preparation, from, end);
  }
}
