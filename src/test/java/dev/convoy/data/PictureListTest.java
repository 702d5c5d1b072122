package dev.convoy.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureListTest {
  @Test
  void columnsMayComeInAnyOrderAndBeQuoted() throws IOException {
    assertEquals(
        List.of(new PictureEntry("a/1.jpg", "cat"), new PictureEntry("b, c/2.png", "a \"dog\"")),
        read(
            "list.csv",
            "label,width,path\ncat,3,a/1.jpg\n\n\"a \"\"dog\"\"\",4,\"b, c/2.png\"\r\n"));
  }

  @Test
  void aJsonObjectALineIsRead() throws IOException {
    assertEquals(
        List.of(new PictureEntry("a/1.jpg", "cat"), new PictureEntry("2.png", "7", true)),
        read(
            "list.jsonl",
            "{\"path\": \"a/1.jpg\", \"label\": \"cat\", \"more\": [1]}\n"
                + "{\"label\": 7, \"path\": \"2.png\"}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/x.png", "../x.png", "a/../../x.png", "hdfs://h/x.png", "a//x.png", "a\\x"})
  void pathsThatLeadOutOfTheFolderAreRefused(String path) {
    DataException e =
        assertThrows(DataException.class, () -> read("list.csv", "path,label\n" + path + ",a\n"));
    assertEquals(
        "list.csv:2: a picture's path must lead on from the folder of the data, without '..', ':'"
            + " or a slash at its start, but is '"
            + path
            + "'",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list.csv | path,label; 1.png,; | list.csv:2: must have a path of text and a label, but has no label",
        "list.csv | a,b; 1.png,c; | list.csv: must have a path a picture (path, file_name, filename, file, image), but has the columns a, b alone",
        "list.csv | path,label; | list.csv: must list pictures, but lists none",
        "list.jsonl | {'path': 'x', 'label': [1]}; | list.jsonl:1: must have a path of text and a label, but has no label",
        "list.jsonl | [1]; | list.jsonl:1: must have a path a picture (path, file_name, filename, file, image), but has no keys alone"
      })
  void linesThatSayTooLittleAreRefused(String name, String text, String message) {
    String lines = text.replace("; ", ";").replace(';', '\n').replace('\'', '"');
    DataException e = assertThrows(DataException.class, () -> read(name, lines));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path;label\n1.png;cat\n",
        "label\tpath\ncat\t1.png\n",
        "Path,Label\n1.png,cat\n",
        "file_name,class\n1.png,cat\n",
        "\uFEFFfilename;width;Class\n1.png;3;cat\n",
        "\nimage,label\n1.png,cat\n",
        "file,\"label\"\n1.png,cat\n",
        // An exact name goes before the others.
        "image,path,label,class\nx,1.png,cat,y\n"
      })
  void otherHeadingsAndSeparatorsAreUnderstood(String text) throws IOException {
    assertEquals(List.of(new PictureEntry("1.png", "cat")), read("list.csv", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list.csv | name;label; | must have a path a picture (path, file_name, filename, file, image), but has the columns name, label alone",
        "list.csv | path;kind; | must have a label a picture (label, class), but has the columns path, kind alone",
        "list.csv | file;image;label; | must have one path a picture, but has file and image",
        "list.csv | path;label;label; | must have one label a picture, but has label and label",
        "list.jsonl | {'name': 'x', 'label': 1}; | must have a path a picture (path, file_name, filename, file, image), but has keys name, label alone"
      })
  void whichColumnsWereFoundIsSaid(String name, String text, String message) {
    String lines =
        (name.endsWith("csv") ? text.replaceAll(";$", "\n1,2,3\n") : text)
            .replace(';', ',')
            .replace('\'', '"')
            .replaceAll(",$", "\n");
    DataException e = assertThrows(DataException.class, () -> read(name, lines));
    assertEquals(name + (name.endsWith("jsonl") ? ":1: " : ": ") + message, e.getMessage());
  }

  @Test
  void numbersAndTruthOfJsonAreLabels() throws IOException {
    assertEquals(
        List.of(
            new PictureEntry("1.png", "1", true),
            new PictureEntry("2.png", "1", true),
            new PictureEntry("3.png", "1"),
            new PictureEntry("4.png", "true"),
            new PictureEntry("5.png", "0", true)),
        read(
            "list.jsonl",
            "{\"path\": \"1.png\", \"label\": 1}\n{\"path\": \"2.png\", \"label\": 1.0}\n"
                + "{\"path\": \"3.png\", \"label\": \"1\"}\n"
                + "{\"path\": \"4.png\", \"label\": true}\n"
                + "{\"path\": \"5.png\", \"label\": -0.0}\n"));
    for (String label : List.of("1.5", "1e300", "null", "{}")) {
      String line = "{\"path\": \"1.png\", \"label\": " + label + "}";
      assertThrows(DataException.class, () -> read("list.jsonl", line), label);
    }
  }

  @Test
  void numbersGoUpToTheLargestWhereNoOutputsAreKnown() {
    assertEquals(List.of("0", "1", "2"), PictureList.classes(entries("2", "0")));
    assertEquals(List.of("2", "cat"), PictureList.classes(entries("2", "cat")));
    assertEquals(List.of("0", "70000"), PictureList.classes(entries("0", "70000")));
  }

  @Test
  void whatIsNoListIsRefusedInOneLine() {
    for (String text : List.of("{\"path\": \"x\"", "{]", "\"\u0000")) {
      DataException e = assertThrows(DataException.class, () -> read("list.jsonl", text));
      assertEquals(1, e.getMessage().lines().count());
      assertTrue(e.getMessage().startsWith("list.jsonl"), e.getMessage());
    }
  }

  @Test
  void labelsThatAreAllNumbersBelowTheOutputsAreNumbers() {
    assertEquals(List.of("0", "1", "2"), PictureList.classes(entries("2", "0"), 3));
    assertEquals(List.of("0", "3"), PictureList.classes(entries("3", "0"), 3));
    assertEquals(List.of("10", "cat"), PictureList.classes(entries("cat", "10"), 20));
  }

  private static List<PictureEntry> entries(String... labels) {
    return List.of(labels).stream().map(label -> new PictureEntry("x", label)).toList();
  }

  private static final TargetColumns WEATHER =
      TargetColumns.of("Images", null, List.of("sunny", "people"), null, "trust");

  @Test
  void columnsOfTargetsAndWeightsAreTakenAsTheyStand() throws IOException {
    assertEquals(
        List.of(
            List.of(true, 0.25, 2.0),
            Arrays.asList(1.0, null, -1.5),
            List.of("maybe", false, 1e-3)),
        values(
            "list.csv",
            "people;path;x;trust;sunny\n0.25;1.png;7;2;true\n;2.png;7;-1.5;1\n"
                + "False;3.png;7;1e-3;maybe\n",
            WEATHER));
    assertEquals(
        List.of(List.of(true, 0.25, 2.0), Arrays.asList("1", null, List.of(1.0))),
        values(
            "list.jsonl",
            "{\"path\": \"1.png\", \"sunny\": true, \"people\": 0.25, \"trust\": 2}\n"
                + "{\"trust\": [1], \"people\": null, \"sunny\": \"1\", \"path\": \"2.png\"}\n",
            WEATHER));
    TargetColumns embedding = TargetColumns.of("Images", null, null, List.of("vector"), null);
    assertEquals(
        List.of(List.of(Arrays.asList(0.5, null, -2.0))),
        values("list.jsonl", "{\"path\": \"1.png\", \"vector\": [0.5, null, -2]}", embedding));
  }

  private static List<List<Object>> values(String name, String text, TargetColumns wanted)
      throws IOException {
    return PictureList.read(new ByteArrayInputStream(text.getBytes(UTF_8)), name, wanted).stream()
        .map(PictureEntry::values)
        .toList();
  }

  @Test
  void aLabelMayHaveAnotherName() throws IOException {
    TargetColumns wanted = TargetColumns.of("Images", "kind", null, null, "w");
    List<PictureEntry> entries =
        PictureList.read(
            new ByteArrayInputStream("path,label,kind,w\n1.png,x,cat,3\n".getBytes(UTF_8)),
            "list.csv",
            wanted);
    assertEquals(List.of(new PictureEntry("1.png", "cat", false, List.of(3.0))), entries);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list.csv | path,sunny,trust; | list.csv: must have what labels names, people, but has the columns path, sunny, trust alone",
        "list.csv | path,sunny,people; | list.csv: must have what weight names, trust, but has the columns path, sunny, people alone",
        "list.jsonl | {'path': 'x', 'sunny': 1}; | list.jsonl:1: must have what labels names, people, but has keys path, sunny alone"
      })
  void columnsThatAreNotThereAreNamed(String name, String text, String message) {
    String lines = text.replace(';', '\n').replace('\'', '"');
    DataException e = assertThrows(DataException.class, () -> values(name, lines, WEATHER));
    assertEquals(message, e.getMessage());
  }

  private static List<PictureEntry> read(String name, String text) throws IOException {
    return PictureList.read(new ByteArrayInputStream(text.getBytes(UTF_8)), name, true);
  }
}
