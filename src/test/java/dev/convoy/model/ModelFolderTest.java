package dev.convoy.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.binding.TreeText;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.image.Normalization;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Huber;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanAbsoluteError;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFolderTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/model-v1");
  private static final LocalFiles FILES = new LocalFiles();

  @TempDir private Path folder;

  /** Its weights were not written by Convoy; the hash was taken where they were. */
  @Test
  void theGoldenModelIsReadForEver() throws IOException {
    Model model = ModelFolder.read(FILES, GOLDEN.toString());
    assertEquals(Shape.of(1, 9, 7), model.network().input());
    assertEquals(
        "conv1 relu_2 pool1 conv2 tanh_5 pool2 dropout_7 flatten_8 fc1 sigmoid_10 fc2",
        String.join(" ", model.network().nodes().stream().map(node -> node.name()).toList()));
    assertEquals(91, model.parameters().length);
    for (int i = 0; i < 91; i++) {
      assertEquals((i * 37 % 61 - 30) / 64f, model.parameters()[i], "parameter " + i);
    }
    assertEquals(model.provenance().weightsSha256(), Fingerprint.sha256(model.parameters()));
    assertEquals(new Normalization(new float[] {0.25f}, new float[] {0.5f}), model.normalization());
    assertEquals(List.of("cat", "dog", "neither"), model.classNames());
    assertEquals(Task.CLASSIFICATION, model.task());
    assertEquals(new SoftmaxCrossEntropy(), model.loss());
    assertEquals(12, model.provenance().rounds());
    assertNull(model.provenance().testData());
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Model model = model();
    ModelFolder.write(model, FILES, folder.toString());
    Model again = ModelFolder.read(FILES, folder.toString());
    assertEquals(model.network().nodes(), again.network().nodes());
    assertArrayEquals(model.parameters(), again.parameters());
    assertEquals(model.normalization(), again.normalization());
    assertEquals(model.classNames(), again.classNames());
    assertNull(again.provenance());
  }

  /** A description of a kilobyte may claim gigabytes: what is there counts. */
  @Test
  void theWeightsFileIsLookedAtBeforeMemoryIsTaken() throws IOException {
    ModelFolder.write(model(), FILES, folder.toString());
    Path description = folder.resolve(ModelFolder.DESCRIPTION);
    String json = Files.readString(description);
    String huge = json.replaceFirst("\"filters\": ?\\d+", "\"filters\": 1000000");
    assertNotEquals(json, huge);
    Files.writeString(description, huge);
    ModelException e =
        assertThrows(ModelException.class, () -> ModelFolder.read(FILES, folder.toString()));
    assertTrue(
        e.getMessage()
            .matches(
                ".*weights.safetensors: must hold the network's [0-9,]+ values, [0-9,]+ bytes,"
                    + " but has [0-9,]+ bytes"),
        e.getMessage());
  }

  static List<Arguments> tasks() {
    return List.of(
        Arguments.of(Task.CLASSIFICATION, new SoftmaxCrossEntropy(0.1f, new float[] {1, 2})),
        Arguments.of(Task.CLASSIFICATION, new BinaryCrossEntropy()),
        Arguments.of(Task.MULTI_LABEL, new BinaryCrossEntropy(new float[] {1, 0.1f})),
        Arguments.of(Task.REGRESSION, new MeanSquaredError()),
        Arguments.of(Task.REGRESSION, new MeanAbsoluteError()),
        Arguments.of(Task.REGRESSION, new Huber(0.3f)));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void taskAndLossAreKept(Task task, Loss loss) throws IOException {
    Model plain = model();
    Model model =
        new Model(
            plain.network(),
            plain.weights(),
            plain.normalization(),
            plain.classNames(),
            task,
            loss,
            null);
    ModelFolder.write(model, FILES, folder.toString());
    Model again = ModelFolder.read(FILES, folder.toString());
    assertEquals(task, again.task());
    assertEquals(loss, again.loss());
  }

  @Test
  void aTaskThatTheLossDoesNotTrainIsRefused() {
    Model plain = model();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Model(
                    plain.network(),
                    plain.weights(),
                    plain.normalization(),
                    plain.classNames(),
                    Task.MULTI_LABEL,
                    new Huber(),
                    null));
    assertEquals("Model.task must be one that huber trains, but is multi-label", e.getMessage());
  }

  @Test
  void theGoldenModelSurvivesBeingWrittenAgain() throws IOException {
    Model golden = ModelFolder.read(FILES, GOLDEN.toString());
    ModelFolder.write(golden, FILES, folder.toString());
    Model again = ModelFolder.read(FILES, folder.toString());
    assertEquals(golden.network().nodes(), again.network().nodes());
    assertArrayEquals(golden.parameters(), again.parameters());
    assertEquals(TreeText.json(golden.provenance().job()), TreeText.json(again.provenance().job()));
  }

  @Test
  void theDescriptionIsWrittenLast() throws IOException {
    List<String> saved = new ArrayList<>();
    ModelFolder.write(model(), (path, content) -> saved.add(path), "f");
    assertEquals(List.of("f/weights.safetensors", "f/model.json"), saved);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "formatVersion": 1 | "formatVersion": 2 | : formatVersion must be 1, but is 2: a newer Convoy wrote it
          "formatVersion": 1 | "formatVersion": 0 | : formatVersion must be 1, but is 0
          "formatVersion": 1 | "formatVersion": null | :2: formatVersion needs a whole number, but was null
          "formatVersion": 1 | "formatVersion": "1" | :2: formatVersion needs a whole number, but was '1'
          "formatVersion" | "version" | : must be the description of a model, but has no formatVersion
          "filters": 2 | "filters": -2 | :6: network.layers[0].conv2d.filters must be at least 1, but was -2
          "mean": [0.25] | "mean": [] | :19: normalize.mean and std need one value a channel each, but have 0 and 1
          "classes": ["cat", | "classes": [ | :20: classes must be 3, as the network has outputs, but are 2
          "normalize" | "normalise" | :19: normalise is unknown; did you mean normalize? (allowed: formatVersion, network, preprocess, normalize, classes, task, loss, provenance)
          "classes": [ | "task": "regression", "classes": [ | :20: task must be one that softmaxCrossEntropy trains, but is regression
          "classes": [ | "task": "multilabel", "classes": [ | :20: task needs one of classification, multiLabel, regression, but was 'multilabel'; did you mean multiLabel?
          "classes": [ | "loss": {"huber": {"delta": 0}}, "classes": [ | :20: loss.huber.delta must be above 0, but was 0.0
          "classes": [ | "loss": {"binaryCrossEntropy": {"positiveWeights": [1]}}, "classes": [ | :1: BinaryCrossEntropy.positiveWeights needs one value an output, 3, but has 1
          """)
  void anotherDescriptionIsRefused(String right, String wrong, String message) throws IOException {
    String json = Files.readString(GOLDEN.resolve("model.json")).replace(right, wrong);
    Files.writeString(folder.resolve("model.json"), json);
    Files.copy(GOLDEN.resolve("weights.safetensors"), folder.resolve("weights.safetensors"));
    RuntimeException e =
        assertThrows(RuntimeException.class, () -> ModelFolder.read(FILES, folder.toString()));
    assertEquals(folder + "/model.json" + message, e.getMessage());
    assertEquals(true, e instanceof ModelException || e instanceof ConfigException, e.toString());
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws IOException {
    String json =
        Files.readString(GOLDEN.resolve("model.json")).replace("\"units\": 5", "\"units\": 6");
    Files.writeString(folder.resolve("model.json"), json);
    Files.copy(GOLDEN.resolve("weights.safetensors"), folder.resolve("weights.safetensors"));
    ModelException e =
        assertThrows(ModelException.class, () -> ModelFolder.read(FILES, folder.toString()));
    assertEquals(
        folder + "/weights.safetensors: tensor 'fc1.weight' must have shape [6, 8], but has [5, 8]",
        e.getMessage());
  }

  private static Model model() {
    Network network =
        Network.of(Shape.of(3, 6, 6), Conv2d.of(4, 3), new Relu(), new Flatten(), Dense.of(2));
    return new Model(
        network,
        network.initialWeights(7),
        Normalization.none(3),
        List.of("a", "\"quoted\" ä"),
        null);
  }
}
