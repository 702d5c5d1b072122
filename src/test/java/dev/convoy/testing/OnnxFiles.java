package dev.convoy.testing;

import dev.convoy.data.FileOpener;
import dev.convoy.model.Model;
import dev.convoy.model.onnx.in.ImportOptions;
import dev.convoy.model.onnx.in.OnnxImport;
import dev.convoy.model.onnx.out.OnnxExport;
import dev.convoy.model.onnx.out.OnnxOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files of ONNX that are in memory. */
public final class OnnxFiles {
  /** The name by which errors know them. */
  public static final String NAME = "test.onnx";

  private OnnxFiles() {}

  /** Writes a model. */
  public static byte[] write(Model model, OnnxOptions options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      OnnxExport.write(model, options, "test", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Reads a file, with nothing said beside it. */
  public static Model read(byte[] file) {
    return read(file, ImportOptions.none());
  }

  /** Reads a file. */
  public static Model read(byte[] file, ImportOptions options) {
    FileOpener one = path -> new ByteArrayInputStream(file);
    try {
      return OnnxImport.read(one, NAME, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
