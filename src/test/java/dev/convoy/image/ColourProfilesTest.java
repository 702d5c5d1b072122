package dev.convoy.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.PictureParts;
import dev.convoy.testing.ReferencePictures;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pixels are those that a file holds, whatever profile stands beside them. */
class ColourProfilesTest {
  /** Far from sRGB: its values are those of light. */
  private static final byte[] PROFILE = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

  private static final byte[] GREY_PROFILE = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
  private static final String ICC = "ICC_PROFILE\0";

  @ParameterizedTest
  @ValueSource(strings = {"420-q75", "444-q30-progressive", "grey-q90", "rgb-q95", "cmyk-q60"})
  void jpegProfilesOfAllKindsAreLeftAside(String name) throws IOException {
    byte[] jpeg = ReferencePictures.bytes("jpeg/" + name + "-33x40.jpg");
    byte[] part = bytes(1, 1, PROFILE);
    assertSame(jpeg, PictureParts.withSegment(jpeg, 0xE2, ICC, part));
    assertSame(jpeg, PictureParts.withSegment(jpeg, 0xE2, ICC, bytes(1, 1, GREY_PROFILE)));
    assertSame(jpeg, PictureParts.withSegment(jpeg, 0xE2, ICC, new byte[0]));
    assertSame(jpeg, PictureParts.withSegment(jpeg, 0xE2, "", new byte[0]));
    assertSame(jpeg, PictureParts.withSegment(jpeg, 0xE2, ICC, bytes(3, 2, PROFILE)));
    byte[] damaged = Arrays.copyOf(part, 200);
    assertSame(jpeg, PictureParts.withSegment(jpeg, 0xE2, ICC, damaged));
    byte[] once = PictureParts.withSegment(jpeg, 0xE2, ICC, part);
    assertSame(jpeg, PictureParts.withSegment(once, 0xE2, ICC, part));
  }

  @Test
  void jpegsThatOnlyACameraMarkedAreLuminanceAndChrominance() throws IOException {
    byte[] jpeg = ReferencePictures.bytes("jpeg/444-q75-33x40.jpg");
    byte[] bare = jpeg.clone();
    // Another application's segment in place of JFIF's.
    bare[3] = (byte) 0xE7;
    assertSame(jpeg, bare);
    assertSame(jpeg, PictureParts.withSegment(bare, 0xE1, "Exif\0\0", PictureParts.exif(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb-8", "rgba-16-interlaced", "palette-8", "grey-8"})
  void pngProfilesAndGammaAreLeftAside(String name) throws IOException {
    byte[] png = ReferencePictures.bytes("png/" + name + "-33x40.png");
    byte[] packed = PictureParts.deflated(PROFILE);
    byte[] profile = PictureParts.inserted(packed, 0, "linear\0\0".getBytes(ISO_8859_1));
    assertSame(png, PictureParts.withChunk(png, "iCCP", profile));
    assertSame(png, PictureParts.withChunk(png, "iCCP", new byte[0]));
    assertSame(png, PictureParts.withChunk(png, "iCCP", Arrays.copyOf(profile, 50)));
    assertSame(
        png, PictureParts.withChunk(png, "gAMA", new byte[] {0, 1, (byte) 0x86, (byte) 0xA0}));
    assertSame(png, PictureParts.withChunk(png, "gAMA", new byte[] {1}));
    assertSame(png, PictureParts.withChunk(png, "cHRM", new byte[32]));
    assertSame(png, PictureParts.withChunk(png, "sRGB", new byte[] {9}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy-q50", "lossless-rgb"})
  void webpProfilesAreLeftAside(String name) throws IOException {
    byte[] webp = ReferencePictures.bytes("webp/" + name + "-33x40.webp");
    for (byte[] profile : new byte[][] {PROFILE, GREY_PROFILE, {}, Arrays.copyOf(PROFILE, 99)}) {
      byte[] before = PictureParts.riff("ICCP", profile);
      assertSame(webp, PictureParts.extended(webp, 0x20, 33, 40, before, new byte[0]));
    }
  }

  @Test
  void orientationCountsInAllFormatsThatTellIt() throws IOException {
    byte[] png = ReferencePictures.bytes("png/rgb-8-33x40.png");
    byte[] webp = ReferencePictures.bytes("webp/lossy-q50-33x40.webp");
    byte[] jpeg = ReferencePictures.bytes("jpeg/420-q75-33x40.jpg");
    for (int number = 1; number <= 8; number++) {
      byte[] exif = PictureParts.exif(number);
      byte[] prefixed = PictureParts.inserted(exif, 0, "Exif\0\0".getBytes(ISO_8859_1));
      Orientation orientation = Orientation.of(number);
      assertSame(orientation.apply(decode(png)), PictureParts.withChunk(png, "eXIf", exif));
      assertSame(
          orientation.apply(decode(jpeg)), PictureParts.withSegment(jpeg, 0xE1, "", prefixed));
      for (byte[] content : new byte[][] {exif, prefixed}) {
        byte[] after = PictureParts.riff("EXIF", content);
        assertSame(
            orientation.apply(decode(webp)),
            PictureParts.extended(webp, 0x08, 33, 40, new byte[0], after));
      }
    }
  }

  private static byte[] bytes(int number, int count, byte[] profile) {
    return PictureParts.inserted(profile, 0, new byte[] {(byte) number, (byte) count});
  }

  private static void assertSame(byte[] plain, byte[] file) throws IOException {
    assertSame(decode(plain), file);
  }

  private static void assertSame(Picture expected, byte[] file) throws IOException {
    Picture found = decode(file);
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.pixels(), found.pixels());
  }

  private static Picture decode(byte[] file) throws IOException {
    return ImageDecoder.decodePicture(new ByteArrayInputStream(file), "picture");
  }
}
