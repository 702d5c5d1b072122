package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.PictureBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions as tables that the executors write, and that join to what the pictures came from. */
class PredictTableIT extends PredictTableCase {
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void rowsHaveTheColumnsBesideThePictureAndJoin(String format) throws IOException {
    String pictures = table();
    String output = folder.resolve("out").toString();
    CommandRun run =
        CommandRun.of(
            "predict", MODEL, "--data", source(pictures), "--output", output, "--format", format);
    assertEquals(0, run.status(), run::toString);
    assertEquals(1, run.out().size(), run::toString);
    assertTrue(
        run.out().get(0).matches("Predicted 200 pictures into \\Q" + output + "\\E, at .* s\\."),
        run::toString);
    List<Row> joined =
        withSpark(
            session -> {
              Dataset<Row> found = session.read().format(format).load(output);
              assertEquals(
                  "id bigint,label string,taken timestamp,price decimal(10,2),tags array<string>,"
                      + "prediction int,predictedLabel string,probability array<double>",
                  String.join(
                      ",",
                      Arrays.stream(found.schema().fields())
                          .map(field -> field.name() + " " + field.dataType().catalogString())
                          .toList()));
              Dataset<Row> original = session.createDataFrame(rows(), TABLE);
              // Null-safe, so that every kept value must be the same.
              return found
                  .join(
                      original,
                      Stream.of("id", "label", "taken", "price", "tags")
                          .map(name -> found.col(name).eqNullSafe(original.col(name)))
                          .reduce((a, b) -> a.and(b))
                          .orElseThrow())
                  .select(
                      found.col("id"),
                      found.col("prediction"),
                      found.col("predictedLabel"),
                      found.col("probability"))
                  .collectAsList();
            });
    assertEquals(COUNT, joined.size());
    for (Row row : joined) {
      int image = (int) (row.getLong(0) - 1000);
      assertPredicted(image, row.getInt(1), row.getString(2), row.getList(3));
    }
    JsonNode note = new ObjectMapper().readTree(Path.of(output, "_predictions.json").toFile());
    assertEquals(COUNT, note.get("pictures").asInt());
    assertEquals("[\"cat\",\"dog\",\"neither\"]", note.get("names").toString());
    assertTrue(
        names(Path.of(output)).stream().filter(name -> name.startsWith("part-")).count() > 1);
    assertEquals(List.of("out", "pictures"), names(folder));
  }

  @Test
  void linesOfCsvAndJsonHaveTheSameInFolders() throws IOException {
    String pictures = table();
    String csv = folder.resolve("csv") + "/";
    String json = folder.resolve("json") + "/";
    for (String output : List.of(csv, json)) {
      CommandRun run =
          CommandRun.of(
              "predict",
              MODEL,
              "--data",
              source(pictures),
              "--output",
              output,
              "--format",
              output.equals(csv) ? "csv" : "jsonl",
              "--keep",
              "tags,id,label");
      assertEquals(0, run.status(), run::toString);
    }
    Map<Long, JsonNode> objects = new HashMap<>();
    for (String name : names(Path.of(json))) {
      if (name.startsWith("part-")) {
        for (String line : Files.readAllLines(Path.of(json, name))) {
          JsonNode object = new ObjectMapper().readTree(line);
          assertEquals(6, object.size(), line);
          objects.put(object.get("id").asLong(), object);
        }
      }
    }
    assertEquals(COUNT, objects.size());
    for (int i = 0; i < COUNT; i++) {
      JsonNode object = objects.get(1000L + i);
      List<Double> probability = new ArrayList<>();
      object.get("probability").forEach(value -> probability.add(value.asDouble()));
      assertPredicted(
          i, object.get("prediction").asInt(), object.get("predictedLabel").asText(), probability);
      assertEquals(i % 5 == 0, object.get("label").isNull());
      assertEquals(i % 7 == 0, object.get("tags").isNull());
    }
    List<Row> rows =
        withSpark(
            session ->
                session
                    .read()
                    .option("header", true)
                    .option("multiLine", true)
                    .option("escape", "\"")
                    .csv(csv)
                    .collectAsList());
    assertEquals(COUNT, rows.size());
    for (Row row : rows) {
      JsonNode object = objects.get(Long.parseLong(row.getAs("id")));
      assertEquals(object.get("probability").toString(), row.getAs("probability"));
      assertEquals(
          object.get("tags").isNull() ? null : object.get("tags").toString(), row.getAs("tags"));
      assertEquals(
          object.get("label").isNull() ? null : object.get("label").asText(), row.getAs("label"));
    }
    String heading = "tags,id,label,prediction,predictedLabel,probability";
    for (String name : names(Path.of(csv))) {
      if (name.startsWith("part-")) {
        assertEquals(heading, Files.readAllLines(Path.of(csv, name)).get(0));
      }
    }
  }

  @Test
  void ofAPictureInAStructureTheRestIsKept() {
    String pictures = folder.resolve("nested").toString();
    String output = folder.resolve("out").toString();
    withSpark(
        session -> {
          List<Row> rows =
              IntStream.range(0, 10)
                  .mapToObj(
                      i ->
                          RowFactory.create(
                              RowFactory.create(PictureBytes.png(images, i), "n" + i + ".png")))
                  .toList();
          session
              .createDataFrame(rows, new StructType().add("image", PICTURE))
              .write()
              .parquet(pictures);
          return 0;
        });
    CommandRun run =
        CommandRun.of(
            "predict",
            MODEL,
            "--data",
            "{format: parquet, path: " + pictures + ", image: image.bytes}",
            "--output",
            output,
            "--format",
            "parquet");
    assertEquals(0, run.status(), run::toString);
    List<Row> rows =
        withSpark(
            session ->
                session
                    .read()
                    .parquet(output)
                    .selectExpr(
                        "image", "image.path", "prediction", "predictedLabel", "probability")
                    .collectAsList());
    assertEquals(10, rows.size());
    for (Row row : rows) {
      assertEquals(1, row.getStruct(0).size());
      int image = Integer.parseInt(row.getString(1).replaceAll("\\D", ""));
      assertPredicted(image, row.getInt(2), row.getString(3), row.getList(4));
    }
  }

  @Test
  void filesHaveTheirPathAndBadOnesAreLeftOutUpToAShare() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures/a"));
    for (int i = 0; i < 100; i++) {
      Files.write(pictures.resolve(DataFiles.name(i)), PictureBytes.png(images, i));
    }
    String[] command = {
      "predict",
      MODEL,
      pictures.getParent().toString(),
      "--format",
      "parquet",
      "--output",
      folder.resolve("out").toString(),
      "--overwrite"
    };
    CommandRun run = CommandRun.of(command);
    assertEquals(0, run.status(), run::toString);
    assertFalse(Files.exists(folder.resolve("out/_bad-records.jsonl")));
    byte[] note = Files.readAllBytes(folder.resolve("out/_predictions.json"));

    for (int i : new int[] {17, 50, 51}) {
      Files.writeString(pictures.resolve(DataFiles.name(i)), "none");
    }
    CommandRun failed = CommandRun.of(command);
    assertEquals(2, failed.status());
    String problem =
        pictures.resolve("0017.png")
            + ": must be a PNG, JPEG, GIF, BMP or WebP picture, but is not; and 2 more are bad";
    assertEquals(List.of("convoy: " + problem), failed.err());
    assertArrayEquals(note, Files.readAllBytes(folder.resolve("out/_predictions.json")));
    assertEquals(List.of("out", "pictures"), names(folder));

    List<String> tooFew = new ArrayList<>(List.of(command));
    tooFew.addAll(List.of("--skip-bad", "0.02"));
    failed = CommandRun.of(tooFew.toArray(String[]::new));
    assertEquals(2, failed.status());
    assertTrue(failed.err().get(0).contains("3 of 100 records are bad"), failed::toString);

    List<String> enough = new ArrayList<>(List.of(command));
    enough.addAll(List.of("--skip-bad", "0.03"));
    run = CommandRun.of(enough.toArray(String[]::new));
    assertEquals(0, run.status(), run::toString);
    assertTrue(run.out().get(0).startsWith("Predicted 97 pictures into "), run::toString);
    assertTrue(run.out().get(0).contains(", 3 skipped, at "), run::toString);
    assertEquals(3, run.err().size(), run::toString);
    assertTrue(run.err().get(0).startsWith("skipped: " + pictures.resolve("0017.png") + ": "));
    List<String> bad = Files.readAllLines(folder.resolve("out/_bad-records.jsonl"));
    assertEquals(3, bad.size());
    assertEquals(
        run.err().get(2),
        "skipped: " + new ObjectMapper().readTree(bad.get(2)).get("problem").asText());
    List<Row> rows =
        withSpark(
            session ->
                session
                    .read()
                    .parquet(folder.resolve("out").toString())
                    .select("path", "prediction", "predictedLabel", "probability")
                    .collectAsList());
    assertEquals(97, rows.size());
    for (Row row : rows) {
      Path path = Path.of(row.getString(0));
      assertEquals(pictures, path.getParent());
      int image = Integer.parseInt(path.getFileName().toString().substring(0, 4));
      assertPredicted(image, row.getInt(1), row.getString(2), row.getList(3));
    }
  }

  @Test
  void recordsOfOtherFormatsHaveTheirFileAndPosition() throws IOException {
    Path idx = folder.resolve("images.idx");
    Files.write(idx, IdxBytes.images(images));
    Path sequence = folder.resolve("pictures.seq");
    DataFiles.sequence(images, CLASSES, sequence, CompressionType.BLOCK);
    Map<String, String> sources =
        Map.of(
            idx.toString(), "{format: idx, images: " + idx + ", labels: " + idx + "}",
            sequence.toString(), "{format: sequencefile, path: " + sequence + "}");
    sources.forEach(
        (path, source) -> {
          String output = path + ".out";
          CommandRun run =
              CommandRun.of(
                  "predict", MODEL, "--data", source, "--output", output, "--format", "orc");
          assertEquals(0, run.status(), run::toString);
          List<Row> rows =
              withSpark(session -> session.read().orc(output).orderBy("index").collectAsList());
          assertEquals(COUNT, rows.size());
          for (int i = 0; i < COUNT; i++) {
            Row row = rows.get(i);
            assertEquals(path, row.getString(0));
            assertEquals(i, row.getInt(1));
            assertPredicted(i, row.getInt(2), row.getString(3), row.getList(4));
          }
        });
  }

  @Test
  void aFileMaySayWhereThePicturesAre() throws IOException {
    Path source = folder.resolve("source.yaml");
    Files.writeString(source, "format: parquet\npath: " + table() + "\n");
    CommandRun run = CommandRun.of("predict", MODEL, "--data", source.toString());
    assertEquals(0, run.status(), run::toString);
    assertEquals(COUNT, run.out().size());
  }
}
