package dev.convoy.model.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.convoy.data.FileOpener;
import dev.convoy.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import onnx.Onnx.ModelProto;

/** Reads the message that a file of ONNX is. */
public final class OnnxFile {
  /** Graphs in graphs, of which one is enough here. */
  private static final int MAX_DEPTH = 16;

  /** What the parts of a message may take for each of its bytes, where they are many and small. */
  private static final int WORST_BYTES = 64;

  private OnnxFile() {}

  /**
   * Reads a file.
   *
   * @throws ModelException if it is no file of ONNX, or too large for this process
   */
  public static ModelProto read(FileOpener files, String path) throws IOException {
    long length = files.length(path);
    long heap = Runtime.getRuntime().maxMemory();
    if (length > Math.min(Integer.MAX_VALUE - 8, heap / 4)) {
      throw new ModelException(
          path
              + ": a file of ONNX must be at most 2 GB, and a quarter of the heap, "
              + (heap >> 22)
              + " MB here, but has "
              + (length >> 20)
              + " MB: --driver-memory gives more");
    }
    byte[] bytes;
    try (InputStream in = files.open(path)) {
      bytes = in.readNBytes((int) length);
    }
    try {
      checkParts(CodedInputStream.newInstance(bytes), bytes.length, path, heap);
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.enableAliasing(true);
      in.setRecursionLimit(MAX_DEPTH);
      ModelProto message = ModelProto.parseFrom(in);
      if (!message.hasGraph() || message.getOpsetImportCount() == 0) {
        throw new ModelException(path + ": must be a model of ONNX, but has no graph");
      }
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          path + ": must be a file of ONNX, but is none, or damaged: " + e.getMessage(), e);
    }
  }

  /** Many small parts take far more than their bytes: they are counted before they are made. */
  private static void checkParts(CodedInputStream in, int length, String path, long heap)
      throws IOException {
    long small = small(in, length, 0);
    if (small * WORST_BYTES > heap / 2) {
      throw new ModelException(
          path
              + ": must be at most "
              + heap / 2 / WORST_BYTES / 1024
              + " KB beside the values of its tensors, but "
              + small / 1024
              + " KB are");
    }
  }

  /** Bytes of all fields that are no long string of bytes by themselves. */
  private static long small(CodedInputStream in, int length, int depth) throws IOException {
    long small = 0;
    int end = in.getTotalBytesRead() + length;
    while (in.getTotalBytesRead() < end) {
      int before = in.getTotalBytesRead();
      int tag = in.readTag();
      if (tag == 0) {
        break;
      }
      int field = tag >>> 3;
      boolean isMessage = (tag & 7) == 2 && (depth == 0 ? field == 7 : depth == 1 && field == 5);
      if (isMessage) {
        int size = in.readRawVarint32();
        if (size < 0 || size > end - in.getTotalBytesRead()) {
          throw new InvalidProtocolBufferException("a part is longer than the whole");
        }
        small += small(in, size, depth + 1);
      } else {
        in.skipField(tag);
        boolean isRaw = depth == 2 && (field == 9 || field == 4);
        small += isRaw ? 0 : in.getTotalBytesRead() - before;
      }
    }
    return small;
  }
}
