package dev.convoy.model.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.convoy.model.ModelException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The header of a safetensors file, which may be hostile: it is read token by token, and what it
 * claims is held against the file's length before anything is taken for it.
 */
final class StoredHeader {
  /** Enough for a hundred thousand tensors; what claims more is damaged. */
  private static final int MAX_BYTES = 16 << 20;

  /** More dimensions have no layer here, and none of the usual programs. */
  private static final int MAX_RANK = 32;

  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAME = 1000;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NAME)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String file;
  private final JsonParser json;
  private final List<StoredTensor> tensors = new ArrayList<>();

  private StoredHeader(String file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads the header of a file up to its values.
   *
   * @param in from the first byte on
   * @param fileBytes how many the file has
   * @param file its name, for errors
   * @return the tensors in the order of their values, which lie without a gap to the file's end
   * @throws ModelException if it is none, or claims what the file does not hold
   */
  static List<StoredTensor> read(InputStream in, long fileBytes, String file) throws IOException {
    byte[] head = in.readNBytes(Long.BYTES);
    if (head.length < Long.BYTES) {
      throw new EOFException();
    }
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_BYTES) {
      throw new ModelException(
          file
              + ": must be a safetensors file with a header of 2 to "
              + MAX_BYTES
              + " bytes, but claims "
              + Long.toUnsignedString(length));
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    try (JsonParser json = JSON.createParser(bytes)) {
      StoredHeader header = new StoredHeader(file, json);
      header.readAll();
      return header.inOrder(fileBytes - Long.BYTES - length);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          file + ": must have a JSON header, but " + e.getOriginalMessage(), e);
    }
  }

  private void readAll() throws IOException {
    expect(json.nextToken() == JsonToken.START_OBJECT, "must have a JSON object as its header");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("__metadata__")) {
        json.skipChildren();
      } else {
        tensors.add(tensor(name));
      }
    }
    expect(json.nextToken() == null, "must have one JSON object as its header, but goes on");
  }

  private StoredTensor tensor(String name) throws IOException {
    String who = "tensor '" + name + "' ";
    expect(json.currentToken() == JsonToken.START_OBJECT, who + "must have keys");
    String type = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    boolean shaped = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "dtype" -> type = json.getValueAsString("");
        case "shape" -> {
          shape = numbers(who + "must have a shape of whole numbers");
          shaped = true;
        }
        case "data_offsets" ->
            offsets = numbers(who + "must have data_offsets of two whole numbers");
        default -> json.skipChildren();
      }
    }
    expect(shaped, who + "must have a shape");
    expect(
        offsets.size() == 2 && offsets.get(0) <= offsets.get(1),
        who + "must have two ascending data_offsets, but has " + offsets);
    checkSize(who, type, shape, offsets.get(1) - offsets.get(0));
    return new StoredTensor(file, name, type, shape, offsets.get(0), offsets.get(1));
  }

  private List<Long> numbers(String rule) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY, rule);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean whole =
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && json.getLongValue() >= 0
              && numbers.size() < MAX_RANK;
      expect(whole, rule);
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  private void checkSize(String who, String type, List<Long> shape, long bytes) {
    StoredType known = StoredType.of(type);
    if (known == null) {
      return; // its values are never looked at
    }
    long expected = known.bytes();
    boolean fits = true;
    for (long extent : shape) {
      // No product of a file's own lengths is above its size.
      fits &= expected == 0 || extent <= Long.MAX_VALUE / expected;
      expected = fits ? expected * extent : expected;
    }
    expect(
        fits && expected == bytes,
        who + "must have the bytes of " + type + " " + shape + ", but has " + bytes);
  }

  private List<StoredTensor> inOrder(long bytes) {
    List<StoredTensor> sorted =
        tensors.stream()
            .sorted(
                Comparator.comparingLong(StoredTensor::start).thenComparingLong(StoredTensor::end))
            .toList();
    long expected = 0;
    for (StoredTensor tensor : sorted) {
      expect(
          tensor.start() == expected,
          "tensor '"
              + tensor.name()
              + "' must start at byte "
              + expected
              + ", after the one before it, but starts at "
              + tensor.start());
      expected = tensor.end();
    }
    expect(
        expected <= bytes,
        "must be a whole safetensors file, but ends early: its tensors take "
            + expected
            + " bytes, and it has "
            + bytes);
    expect(expected == bytes, "must end after its tensors, but goes on");
    return sorted;
  }

  private void expect(boolean holds, String rule) {
    if (!holds) {
      throw new ModelException(file + ": " + rule);
    }
  }
}
