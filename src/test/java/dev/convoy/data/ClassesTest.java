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
  void aTextIsTheNameOfAClassAndNeverItsPlace() {
    assertEquals(1, CLASSES.number("dog", "x"));
    assertEquals(2, CLASSES.number("0", "x"));
    assertEquals(0, CLASSES.number(0, "x"));
    assertRefused("x: labels must be one of cat, dog, 0, but this is '1'", CLASSES, "1");
    ClassLabels fromOne = new ClassLabels(List.of("1", "2"));
    assertEquals(0, fromOne.number("1", "x"));
    assertRefused("x: labels must be one of 1, 2, but this is '0'", fromOne, "0");
    ClassLabels animals = new ClassLabels(List.of("cat", "dog"));
    assertRefused("x: labels must be one of cat, dog, but this is '0'", animals, "0");
  }

  @Test
  void aTextIsANumberWhereClassesAreCalledByTheirNumbers() {
    for (ClassLabels classes :
        List.of(ClassLabels.numbers(3), new ClassLabels(List.of("0", "1", "2")))) {
      assertEquals(2, classes.number("2", "x"));
      assertEquals(1, classes.number("001", "x"));
      DataException e = assertThrows(DataException.class, () -> classes.number("3", "x"));
      assertEquals(
          "x: labels must be from 0 to 2, as there are classes, but this is 3", e.getMessage());
    }
  }

  @Test
  void aNumberOfAListIsAPlaceUnlessAClassIsNamedByANumber() {
    PictureEntry one = new PictureEntry("1.png", "1", true);
    assertEquals(1, new ClassLabels(List.of("cat", "dog")).number(one, "x"));
    assertEquals(0, new ClassLabels(List.of("1", "2")).number(one, "x"));
    assertEquals(1, ClassLabels.numbers(2).number(one, "x"));
    PictureEntry text = new PictureEntry("1.png", "1");
    ClassLabels animals = new ClassLabels(List.of("cat", "dog"));
    assertThrows(DataException.class, () -> animals.number(text, "x"));
    assertThrows(DataException.class, () -> CLASSES.number(one, "x"));
  }

  @Test
  void composedAndDecomposedLettersAreTheSame() {
    String composed = "caf\u00e9";
    String decomposed = "cafe\u0301";
    assertEquals(1, new ClassLabels(List.of("bar", composed)).number(decomposed, "x"));
    assertEquals(1, new ClassLabels(List.of("bar", decomposed)).number(composed, "x"));
    assertThrows(DataException.class, () -> new ClassLabels(List.of(composed, decomposed)));
    // A decomposed letter alone would sort before f, a composed one after it.
    ClassFolders apart = folders(decomposed, "caff");
    ClassFolders together = folders(composed, "caff");
    assertEquals(List.of("caff", composed), apart.classes());
    assertEquals(together.classes(), apart.classes());
    assertEquals(
        List.of("caff", composed), apart.pictures().stream().map(PictureEntry::label).toList());
    assertEquals(decomposed + "/1.png", apart.pictures().get(1).path());
    List<PictureEntry> entries =
        List.of(new PictureEntry("1.png", composed), new PictureEntry("2.png", decomposed));
    assertEquals(List.of(composed), PictureList.classes(entries, 2));
  }

  private static ClassFolders folders(String... names) {
    List<String> files = List.of(names).stream().map(name -> name + "/1.png").sorted().toList();
    return ClassFolders.of("in", files, List.of(names));
  }

  @Test
  void whatIsNoClassIsRefused() {
    assertRefused("x: labels must be one of cat, dog, 0, but this is 'emu'", CLASSES, "emu");
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
