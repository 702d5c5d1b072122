package dev.convoy.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Puts parts into files of pictures, as cameras and programs do. */
public final class PictureParts {
  private static final int RIFF_HEADER = 12;

  private PictureParts() {}

  /** A file with bytes at a position. */
  public static byte[] inserted(byte[] file, int at, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }

  /** A JPEG file with a segment at its beginning. */
  public static byte[] withSegment(byte[] jpeg, int marker, String word, byte[] content) {
    ByteBuffer segment = ByteBuffer.allocate(4 + word.length() + content.length);
    segment.put((byte) 0xFF).put((byte) marker);
    segment.putShort((short) (2 + word.length() + content.length));
    segment.put(word.getBytes(ISO_8859_1)).put(content);
    return inserted(jpeg, 2, segment.array());
  }

  /** A PNG file with a chunk after its header. */
  public static byte[] withChunk(byte[] png, String kind, byte[] content) {
    return inserted(png, 33, chunk(kind, content));
  }

  /** A chunk of a PNG file. */
  public static byte[] chunk(String kind, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
    chunk.putInt(content.length).put(kind.getBytes(ISO_8859_1)).put(content);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) sum.getValue()).array();
  }

  /** A WebP file of one chunk, behind a canvas and another chunk, and before a last one. */
  public static byte[] extended(
      byte[] webp, int flags, int width, int height, byte[] before, byte[] after) {
    ByteBuffer canvas = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    canvas.putInt(flags).putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1));
    byte[] whole = inserted(webp, RIFF_HEADER, riff("VP8X", canvas.array()), before);
    whole = inserted(whole, whole.length, after);
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(4, whole.length - 8);
    return whole;
  }

  /** A chunk of a RIFF file. */
  public static byte[] riff(String kind, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + content.length + (content.length & 1));
    chunk.order(ByteOrder.LITTLE_ENDIAN).put(kind.getBytes(ISO_8859_1)).putInt(content.length);
    return chunk.put(content).array();
  }

  /** What a camera leaves that was held so. */
  public static byte[] exif(int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return tiff.array();
  }

  /** Packed bytes, as PNG holds its profile. */
  public static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] packed = new byte[bytes.length + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }
}
