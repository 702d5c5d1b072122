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
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
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
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A network's parameters and buffers in the public safetensors format: eight bytes with the length
 * of a header (little-endian), the header in JSON, then the values as little-endian float32.
 * Source: the format's own page at huggingface.co/docs/safetensors.
 */
public final class SafeTensors {
  private static final String METADATA = "__metadata__";
  private static final String TYPE = "F32";

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

  private SafeTensors() {}

  /** Writes the parameters under their names, in the network's order, then the buffers. */
  public static void write(Network network, Weights weights, OutputStream out) throws IOException {
    byte[] header = header(network);
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(Long.reverseBytes(header.length));
    data.write(header);
    write(weights.parameters(), data);
    write(weights.buffers(), data);
    data.flush();
  }

  private static void write(float[] values, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < values.length; start += CHUNK) {
      int count = Math.min(CHUNK, values.length - start);
      buffer.asFloatBuffer().put(values, start, count);
      out.write(buffer.array(), 0, count * Float.BYTES);
    }
  }

  /** All tensors of a network: the trainable ones first. */
  private static List<Parameter> tensors(Network network) {
    return Stream.concat(network.parameters().stream(), network.buffers().stream()).toList();
  }

  private static byte[] header(Network network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      long from = 0;
      for (Parameter parameter : tensors(network)) {
        json.writeObjectFieldStart(parameter.name());
        json.writeStringField("dtype", TYPE);
        json.writeFieldName("shape");
        int[] shape = parameter.shape().toArray();
        json.writeArray(shape, 0, shape.length);
        long end = from + (long) parameter.size() * Float.BYTES;
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
   * Reads the weights of a network. The file must hold its tensors and no others; their order in
   * the file is free.
   *
   * @param name of the file, for errors
   * @throws ModelException if the file is damaged, or holds other tensors
   */
  public static Weights read(Network network, InputStream in, String name) throws IOException {
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
      checkNames(network, header, name);
      // The tensors fill the data without a gap, so that a network's size bounds what is read.
      List<Parameter> inFileOrder = inFileOrder(network, header, name);
      Weights weights =
          new Weights(new float[network.parameterCount()], new float[network.bufferCount()]);
      Set<Parameter> buffers = new HashSet<>(network.buffers());
      for (Parameter tensor : inFileOrder) {
        readValues(in, tensor, buffers.contains(tensor) ? weights.buffers() : weights.parameters());
      }
      if (in.read() >= 0) {
        throw new ModelException(name + ": must end after its tensors, but goes on");
      }
      return weights;
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

  private static void checkNames(Network network, JsonNode header, String name) {
    TreeSet<String> known = new TreeSet<>();
    for (Parameter parameter : tensors(network)) {
      known.add(parameter.name());
      if (!header.has(parameter.name())) {
        throw new ModelException(
            name + ": must hold tensor '" + parameter.name() + "', but does not");
      }
    }
    Iterator<String> names = header.fieldNames();
    while (names.hasNext()) {
      String found = names.next();
      if (!found.equals(METADATA) && !known.contains(found)) {
        throw new ModelException(
            name + ": holds tensor '" + found + "', which the network does not have");
      }
    }
  }

  /** The network's tensors in the order of the file. */
  private static List<Parameter> inFileOrder(Network network, JsonNode header, String name) {
    Map<Long, Parameter> byStart = new TreeMap<>();
    for (Parameter parameter : tensors(network)) {
      JsonNode tensor = header.get(parameter.name());
      check(parameter, tensor, name);
      long start = whole(tensor.path("data_offsets").path(0));
      long end = whole(tensor.path("data_offsets").path(1));
      long size = (long) parameter.size() * Float.BYTES;
      if (start < 0 || end - start != size || byStart.put(start, parameter) != null) {
        throw new ModelException(
            name
                + ": tensor '"
                + parameter.name()
                + "' must have "
                + size
                + " bytes of its own, but has data_offsets "
                + tensor.path("data_offsets"));
      }
    }
    long expected = 0;
    for (Map.Entry<Long, Parameter> entry : byStart.entrySet()) {
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
      expected += (long) entry.getValue().size() * Float.BYTES;
    }
    return List.copyOf(byStart.values());
  }

  private static void check(Parameter parameter, JsonNode tensor, String name) {
    String type = tensor.path("dtype").asText();
    if (!type.equals(TYPE)) {
      throw new ModelException(
          name + ": tensor '" + parameter.name() + "' must be " + TYPE + ", but is " + type);
    }
    int[] shape = new int[tensor.path("shape").size()];
    for (int axis = 0; axis < shape.length; axis++) {
      long extent = whole(tensor.path("shape").path(axis));
      shape[axis] = (int) Math.min(extent, Integer.MAX_VALUE);
    }
    Shape expected = parameter.shape();
    if (!Arrays.equals(shape, expected.toArray())) {
      throw new ModelException(
          name
              + ": tensor '"
              + parameter.name()
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

  private static void readValues(InputStream in, Parameter tensor, float[] values)
      throws IOException {
    byte[] bytes = new byte[CHUNK * Float.BYTES];
    int end = tensor.offset() + tensor.size();
    for (int start = tensor.offset(); start < end; start += CHUNK) {
      int count = Math.min(CHUNK, end - start);
      if (in.readNBytes(bytes, 0, count * Float.BYTES) < count * Float.BYTES) {
        throw new EOFException();
      }
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values, start, count);
    }
  }
}
