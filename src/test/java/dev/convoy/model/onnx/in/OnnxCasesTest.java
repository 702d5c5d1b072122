package dev.convoy.model.onnx.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.loss.MeanSquaredError;
import dev.convoy.model.Model;
import dev.convoy.model.ModelException;
import dev.convoy.model.onnx.Constant;
import dev.convoy.model.onnx.OnnxTensors;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.OnnxFiles;
import dev.convoy.testing.RandomModel;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;

/**
 * Cases of ONNX's own tests pass, or are refused with a reason; none gives other values. {@code
 * -Dconvoy.onnx.cases=/usr/share/libonnx-testdata/data} prints a line for each case of that folder.
 */
class OnnxCasesTest {
  private static final Path CASES = Path.of("src/test/resources/onnx/cases.zip");

  /** Those of the few kept that must pass; all others must be refused. */
  private static final List<String> PASSED =
      List.of(
          "node/test_averagepool_2d_precomputed_pads_count_include_pad",
          "node/test_averagepool_2d_same_lower",
          "node/test_basic_conv_with_padding",
          "node/test_batchnorm_example",
          "node/test_celu_expanded",
          "node/test_convtranspose_dilations",
          "node/test_convtranspose_pads",
          "node/test_depthtospace_crd_mode_example",
          "node/test_depthtospace_example",
          "node/test_gemm_default_vector_bias",
          "node/test_lrn",
          "node/test_maxpool_2d_ceil",
          "node/test_resize_upsample_scales_linear",
          "node/test_resize_upsample_scales_nearest",
          "node/test_spacetodepth_example",
          "pytorch-converted/test_BatchNorm2d_momentum_eval",
          "pytorch-converted/test_Conv2d_depthwise_with_multiplier",
          "pytorch-converted/test_ConvTranspose2d",
          "pytorch-converted/test_Linear_no_bias",
          "pytorch-converted/test_PReLU_2d",
          "pytorch-converted/test_PixelShuffle",
          "pytorch-converted/test_ReflectionPad2d",
          "pytorch-converted/test_Softmin");

  @Test
  void keptCasesPassOrAreRefused() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(CASES)) {
      TreeMap<String, String> verdicts = verdicts(zip.getPath("/"));
      List<String> passed = new ArrayList<>();
      verdicts.forEach(
          (name, verdict) -> {
            assertTrue(verdict.equals("pass") || verdict.startsWith("refused: "), name + verdict);
            if (verdict.equals("pass")) {
              passed.add(name);
            }
          });
      assertEquals(PASSED, passed);
    }
  }

  @Test
  void casesOfAnotherFolderPassOrAreRefused() throws IOException {
    String folder = System.getProperty("convoy.onnx.cases");
    TreeMap<String, String> verdicts = folder == null ? new TreeMap<>() : verdicts(Path.of(folder));
    verdicts.forEach((name, verdict) -> System.out.println(name + " | " + verdict));
    assertEquals(0, verdicts.values().stream().filter(v -> v.startsWith("wrong")).count());
  }

  private static TreeMap<String, String> verdicts(Path folder) throws IOException {
    TreeMap<String, String> verdicts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.endsWith("model.onnx")).sorted().toList()) {
        Path name = folder.relativize(file.getParent());
        verdicts.put(name.toString(), verdict(file));
      }
    }
    return verdicts;
  }

  private static String verdict(Path file) throws IOException {
    ModelProto.Builder message = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    Path data = file.resolveSibling("test_data_set_0");
    // What else goes in is known in use: a clip's bounds, a convolution's filters.
    for (int i = 1; i < message.getGraph().getInputCount(); i++) {
      Path input = data.resolve("input_" + i + ".pb");
      if (Files.exists(input)) {
        TensorProto.Builder tensor = TensorProto.parseFrom(Files.readAllBytes(input)).toBuilder();
        tensor.setName(message.getGraph().getInput(i).getName());
        message.setGraph(message.getGraph().toBuilder().addInitializer(tensor));
      }
    }
    ImportOptions plain =
        new ImportOptions(null, null, null, null, List.of(), new MeanSquaredError());
    Model model;
    try {
      model = OnnxFiles.read(message.build().toByteArray(), plain);
    } catch (ModelException e) {
      return "refused: " + String.valueOf(e.getMessage()).replaceFirst("^test.onnx: ", "");
    }
    Constant input = tensor(data.resolve("input_0.pb"));
    float[] expected = tensor(data.resolve("output_0.pb")).floats();
    int batch = input.size() / model.network().input().size();
    float[] found = RandomModel.run(model, input.floats(), batch);
    double worst = found.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; worst < 1 && i < found.length; i++) {
      double far = Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      worst = far <= worst ? worst : far;
    }
    return worst <= 1e-4 ? "pass" : "wrong by " + worst;
  }

  private static Constant tensor(Path file) throws IOException {
    TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(file));
    return new OnnxTensors(new LocalFiles(), file.toString()).read(tensor);
  }
}
