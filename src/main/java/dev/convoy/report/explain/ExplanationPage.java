package dev.convoy.report.explain;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.mustachejava.DefaultMustacheFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes an explanation as one page of HTML that needs nothing else: no network, no other file.
 *
 * <p>Its policy lets the browser run the page's own script alone, by its SHA-256, and load nothing;
 * text from outside is escaped by the template, and in the page's data by {@link ScriptEscapes}.
 */
public final class ExplanationPage {
  private static final String FOLDER = "/dev/convoy/report/explain/";
  private static final List<String> SCRIPTS =
      List.of(
          "data.js",
          "paint.js",
          "matrix.js",
          "picture.js",
          "layers.js",
          "walk.js",
          "convolution.js",
          "pooling.js",
          "decision.js");
  private static final JsonMapper JSON =
      JsonMapper.builder(new JsonFactoryBuilder().characterEscapes(new ScriptEscapes()).build())
          .build();

  private ExplanationPage() {}

  /** Writes the page in UTF-8; the stream stays open. */
  public static void write(Explanation explanation, OutputStream out) throws IOException {
    // In one function, so that its parts share names with each other and with nobody else.
    String script =
        SCRIPTS.stream()
            .map(ExplanationPage::resource)
            .collect(Collectors.joining("\n", "'use strict';\n(() => {\n", "})();\n"));
    Map<String, Object> page =
        Map.of(
            "style", resource("page.css"),
            "script", script,
            "scriptHash", sha256(script),
            "data", JSON.writeValueAsString(explanation),
            "it", explanation,
            "hasConvolutions", !explanation.convolutions().isEmpty(),
            "hasPools", !explanation.pools().isEmpty(),
            "someClasses", explanation.classes().size() < explanation.allClasses());
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    new DefaultMustacheFactory()
        .compile(FOLDER.substring(1) + "page.mustache")
        .execute(writer, page);
    writer.flush();
  }

  private static String resource(String name) {
    try (InputStream in = ExplanationPage.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "Convoy's jar must hold " + FOLDER + name + ", but lacks it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(FOLDER + name + ": cannot be read", e);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, but this one has not", e);
    }
  }
}
