package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void ofNothingIsTheHashOfNoBytes() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Fingerprint.sha256(new float[0]));
  }

  @Test
  void isTheHashOfLittleEndianFloatsAlsoBeyondOneChunk() throws Exception {
    float[] values = new float[40_001];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.37f - 5;
      int bits = Float.floatToIntBits(values[i]);
      bytes.write(bits);
      bytes.write(bits >>> 8);
      bytes.write(bits >>> 16);
      bytes.write(bits >>> 24);
    }
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    assertEquals(HexFormat.of().formatHex(hash), Fingerprint.sha256(values));
  }

  @Test
  void tellsZeroFromMinusZero() {
    assertNotEquals(Fingerprint.sha256(new float[] {0f}), Fingerprint.sha256(new float[] {-0f}));
  }
}
