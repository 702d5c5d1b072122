package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.model.Model;
import dev.convoy.model.onnx.out.OnnxOptions;
import dev.convoy.testing.Bits;
import dev.convoy.testing.OnnxFiles;
import dev.convoy.testing.RandomModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that take models to files of ONNX and back. */
class OnnxCommandsTest {
  private static final String MODEL = "src/test/resources/golden/model-v1";

  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String refusal(CommandRun run) {
    String err = String.join("\n", run.err());
    assertEquals(2, run.status(), err);
    assertEquals(1, run.err().size(), err);
    return err;
  }

  @Test
  void aModelGoesThereAndComesBack() throws IOException {
    CommandRun there =
        CommandRun.of("export", MODEL, "--format", "onnx", "--output", path("a.onnx"));
    assertEquals(0, there.status(), String.join("\n", there.err()));
    CommandRun back = CommandRun.of("import", path("a.onnx"), "--output", path("model"));
    assertEquals(0, back.status(), String.join("\n", back.err()));
    CommandRun again =
        CommandRun.of("export", path("model"), "--format", "onnx", "--output", path("b.onnx"));
    assertEquals(0, again.status(), String.join("\n", again.err()));
    Model first = OnnxFiles.read(Files.readAllBytes(folder.resolve("a.onnx")));
    Model second = OnnxFiles.read(Files.readAllBytes(folder.resolve("b.onnx")));
    float[] x = RandomModel.values(first.network().input().size(), 9, -2, 2);
    Bits.assertSame(RandomModel.run(first, x, 1), RandomModel.run(second, x, 1), MODEL);
    assertEquals(first.classNames(), second.classNames());
  }

  @Test
  void whatIsThereStaysUnlessToldOtherwise() throws IOException {
    Path file = Files.writeString(folder.resolve("a.onnx"), "mine");
    String[] export = {"export", MODEL, "--format", "onnx", "--output", file.toString()};
    assertTrue(refusal(CommandRun.of(export)).contains("--overwrite replaces it"));
    assertEquals("mine", Files.readString(file));
    assertEquals(0, CommandRun.of(with(export, "--overwrite")).status());
    String[] back = {"import", file.toString(), "--output", path("model")};
    assertEquals(0, CommandRun.of(back).status());
    assertTrue(refusal(CommandRun.of(back)).contains("--overwrite replaces it"));
    assertEquals(0, CommandRun.of(with(back, "--overwrite")).status());
  }

  private static String[] with(String[] arguments, String last) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  private static byte[] small() {
    return OnnxFiles.write(
        RandomModel.of("{input: [2, 3, 5], layers: [tanh: {name: bend}, flatten: {}]}", 5),
        new OnnxOptions(false, false));
  }

  @Test
  void aDamagedFileIsRefusedInOneLine() throws IOException {
    byte[] file = small();
    Path damaged = folder.resolve("damaged.onnx");
    Files.write(damaged, Arrays.copyOf(file, file.length / 2));
    CommandRun run = CommandRun.of("import", damaged.toString(), "--output", path("model"));
    assertTrue(refusal(run).contains(damaged.toString()), refusal(run));
    assertTrue(Files.notExists(folder.resolve("model")));
  }

  @Test
  void anUnknownOperatorIsRefusedWithItsNodeAndVersion() throws IOException {
    String text = new String(small(), StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("Tanh"));
    Path file = folder.resolve("unknown.onnx");
    Files.writeString(file, text.replace("Tanh", "Tanz"), StandardCharsets.ISO_8859_1);
    String line = refusal(CommandRun.of("import", file.toString(), "--output", path("model")));
    assertTrue(line.contains("Tanz") && line.contains("bend") && line.contains("17"), line);
  }
}
