package dev.convoy.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tensors in the public safetensors format: eight bytes with the length of a header
 * (little-endian), the header in JSON, then the values in little-endian order. Source: the format's
 * own page at huggingface.co/docs/safetensors.
 */
final class TensorFile {
  private static final String METADATA = "__metadata__";

  /** Enough for a hundred thousand tensors; what claims more is damaged. */
  private static final int MAX_HEADER_BYTES = 16 << 20;

  /** Values that are converted at a time. */
  private static final int CHUNK = 16_384;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TensorFile() {}

  /** Writes tensors in this order. */
  static void write(List<Tensor> tensors, OutputStream out) throws IOException {
    byte[] header = header(tensors);
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(Long.reverseBytes(header.length));
    data.write(header);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors) {
      for (int start = 0; start < tensor.size(); start += CHUNK) {
        int count = Math.min(CHUNK, tensor.size() - start);
        tensor.write(start, count, buffer);
        data.write(buffer.array(), 0, count * tensor.valueBytes());
      }
    }
    data.flush();
  }

  private static byte[] header(List<Tensor> tensors) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      long from = 0;
      for (Tensor tensor : tensors) {
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.type());
        json.writeFieldName("shape");
        int[] shape = tensor.shape().toArray();
        json.writeArray(shape, 0, shape.length);
        long end = from + tensor.bytes();
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {from, end}, 0, 2);
        from = end;
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    // Blanks up to a multiple of 8, so that the values are aligned for readers that map the file.
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  /**
   * Fills tensors from a file. It must hold these and no others; their order in the file is free.
   *
   * @param owner that has the tensors, for errors
   * @param name of the file, for errors
   * @throws ModelException if the file is damaged, or holds other tensors
   */
  static void read(List<Tensor> tensors, String owner, InputStream in, String name)
      throws IOException {
    try {
      long length =
          ByteBuffer.wrap(exactly(in, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > MAX_HEADER_BYTES) {
        throw new ModelException(
            name
                + ": must be a safetensors file with a header of 2 to "
                + MAX_HEADER_BYTES
                + " bytes, but claims "
                + Long.toUnsignedString(length));
      }
      JsonNode header = header(exactly(in, (int) length), name);
      checkNames(tensors, header, owner, name);
      // They fill the data without a gap, so that their size bounds what is read.
      for (Tensor tensor : inFileOrder(tensors, header, name)) {
        readValues(in, tensor);
      }
      if (in.read() >= 0) {
        throw new ModelException(name + ": must end after its tensors, but goes on");
      }
    } catch (EOFException e) {
      throw new ModelException(name + ": must be a whole safetensors file, but ends early", e);
    }
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static JsonNode header(byte[] bytes, String name) throws IOException {
    try (JsonParser parser = JSON.createParser(new String(bytes, StandardCharsets.UTF_8))) {
      JsonNode header = JSON.readTree(parser);
      if (header == null || !header.isObject()) {
        throw new ModelException(name + ": must have a JSON object as its header");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new ModelException(
          name + ": must have a JSON header, but " + e.getOriginalMessage(), e);
    }
  }

  private static void checkNames(List<Tensor> tensors, JsonNode header, String owner, String name) {
    TreeSet<String> known = new TreeSet<>();
    for (Tensor tensor : tensors) {
      known.add(tensor.name());
      if (!header.has(tensor.name())) {
        throw new ModelException(name + ": must hold tensor '" + tensor.name() + "', but does not");
      }
    }
    Iterator<String> names = header.fieldNames();
    while (names.hasNext()) {
      String found = names.next();
      if (!found.equals(METADATA) && !known.contains(found)) {
        throw new ModelException(
            name + ": holds tensor '" + found + "', which " + owner + " does not have");
      }
    }
  }

  /** The network's tensors in the order of the file. */
  private static List<Tensor> inFileOrder(List<Tensor> tensors, JsonNode header, String name) {
    Map<Long, Tensor> byStart = new TreeMap<>();
    for (Tensor tensor : tensors) {
      JsonNode found = header.get(tensor.name());
      check(tensor, found, name);
      long start = whole(found.path("data_offsets").path(0));
      long end = whole(found.path("data_offsets").path(1));
      long size = tensor.bytes();
      if (start < 0 || end - start != size || byStart.put(start, tensor) != null) {
        throw new ModelException(
            name
                + ": tensor '"
                + tensor.name()
                + "' must have "
                + size
                + " bytes of its own, but has data_offsets "
                + found.path("data_offsets"));
      }
    }
    long expected = 0;
    for (Map.Entry<Long, Tensor> entry : byStart.entrySet()) {
      if (entry.getKey() != expected) {
        throw new ModelException(
            name
                + ": tensor '"
                + entry.getValue().name()
                + "' must start at byte "
                + expected
                + ", after the one before it, but starts at "
                + entry.getKey());
      }
      expected += entry.getValue().bytes();
    }
    return List.copyOf(byStart.values());
  }

  private static void check(Tensor tensor, JsonNode found, String name) {
    String type = found.path("dtype").asText();
    if (!type.equals(tensor.type())) {
      throw new ModelException(
          name + ": tensor '" + tensor.name() + "' must be " + tensor.type() + ", but is " + type);
    }
    int[] shape = new int[found.path("shape").size()];
    for (int axis = 0; axis < shape.length; axis++) {
      long extent = whole(found.path("shape").path(axis));
      shape[axis] = (int) Math.min(extent, Integer.MAX_VALUE);
    }
    Shape expected = tensor.shape();
    if (!Arrays.equals(shape, expected.toArray())) {
      throw new ModelException(
          name
              + ": tensor '"
              + tensor.name()
              + "' must have shape "
              + expected
              + ", but has "
              + Arrays.toString(shape));
    }
  }

  /** The whole number that a node is; -1 if it is none, or none that fits. */
  private static long whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : -1;
  }

  private static void readValues(InputStream in, Tensor tensor) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < tensor.size(); start += CHUNK) {
      int count = Math.min(CHUNK, tensor.size() - start);
      int bytes = count * tensor.valueBytes();
      if (in.readNBytes(buffer.array(), 0, bytes) < bytes) {
        throw new EOFException();
      }
      tensor.read(start, count, buffer);
    }
  }
}
