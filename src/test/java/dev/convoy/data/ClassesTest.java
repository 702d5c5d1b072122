package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels, folders of classes, and what is said about how many images each has. */
class ClassesTest {
  private static final ClassLabels CLASSES = new ClassLabels(List.of("cat", "dog", "0"));

  @Test
  void aNameGoesBeforeANumber() {
    assertEquals(1, CLASSES.number("dog", "x"));
    assertEquals(2, CLASSES.number("0", "x"));
    assertEquals(1, CLASSES.number("1", "x"));
    assertEquals(0, CLASSES.number(0, "x"));
  }

  @Test
  void whatIsNoClassIsRefused() {
    assertRefused("x: labels must be one of cat, dog, 0, but this is 'emu'", CLASSES, "emu");
    assertRefused(
        "x: labels must be from 0 to 2, as there are classes, but this is 3", CLASSES, "3");
    assertRefused(
        "x: labels must be one of 0, 1, but this is 'emu'; data.classes gives classes their names",
        ClassLabels.numbers(2),
        "emu");
    assertThrows(DataException.class, () -> CLASSES.number(-1, "x"));
  }

  private static void assertRefused(String message, ClassLabels classes, String label) {
    DataException e = assertThrows(DataException.class, () -> classes.number(label, "x"));
    assertEquals(message, e.getMessage());
  }

  @Test
  void foldersAreClassesAndEmptyOnesToo() {
    ClassFolders found =
        ClassFolders.of(
            "in",
            List.of("cat/1.PNG", "cat/deep/2.jpeg", "dog/3.webp", "dog/notes.txt", "top.png"),
            List.of("dog", "emu", "cat"));
    assertEquals(List.of("cat", "dog", "emu"), found.classes());
    assertEquals(
        List.of(
            new PictureEntry("cat/1.PNG", "cat"),
            new PictureEntry("cat/deep/2.jpeg", "cat"),
            new PictureEntry("dog/3.webp", "dog")),
        found.pictures());
    assertEquals(2, found.others());
  }

  @Test
  void aFolderWithoutClassesOrPicturesIsRefused() {
    DataException none =
        assertThrows(DataException.class, () -> ClassFolders.of("in", List.of("1.png"), List.of()));
    assertEquals(
        "in: must hold a folder for each class, but holds 1 files and no folder",
        none.getMessage());
    DataException empty =
        assertThrows(
            DataException.class, () -> ClassFolders.of("in", List.of("cat/x.txt"), List.of("cat")));
    assertEquals(
        "in: must hold pictures (.png, .jpg, .jpeg, .gif, .bmp or .webp) in its folders cat, but"
            + " holds none",
        empty.getMessage());
  }

  @Test
  void whatIsRemarkableAboutCountsIsSaid() {
    List<String> names = List.of("cat", "dog", "emu");
    assertEquals(List.of(), ClassBalance.remarks("training", List.of(9, 10, 89), names));
    assertEquals(
        List.of("No training image is of class dog."),
        ClassBalance.remarks("training", List.of(9, 0, 10), names));
    assertEquals(
        List.of("All test images are of one class, emu."),
        ClassBalance.remarks("test", List.of(0, 0, 10), names));
    assertEquals(
        List.of("Classes are very unequal among test images: emu has 1,000, dog has 100."),
        ClassBalance.remarks("test", List.of(101, 100, 1000), names));
    assertEquals(List.of(), ClassBalance.remarks("test", List.of(0, 0, 0), names));
  }
}
