package dev.convoy.report.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.image.Normalization;
import dev.convoy.model.Model;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SampleImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplanationPageTest {
  private static final String HOSTILE = "</script><script>alert(1)</script>";

  private static String page(Model model, String modelName, String imageName) throws IOException {
    Explanation it =
        Explainer.explain(
            model,
            modelName,
            SampleImages.random(1, model.network().input(), 2, 3),
            imageName,
            null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExplanationPage.write(it, out);
    return out.toString(UTF_8);
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text).results().count();
  }

  @Test
  void textFromOutsideIsNeverMarkup() throws IOException {
    String name = "\"><img src=x onerror=alert(1)><!--<script>";
    String page = page(SmallModel.named(HOSTILE, HOSTILE, "b&w", name), HOSTILE, name);
    assertEquals(2, count(page, "<script"), "the page's data and its script");
    assertEquals(2, count(page, "</script"));
    assertEquals(0, count(page, "<img"));
    assertEquals(0, count(page, "<!--"));
    Matcher data =
        Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(page);
    assertTrue(data.find());
    JsonNode json = new ObjectMapper().readTree(data.group(1));
    assertEquals(HOSTILE, json.at("/classes/0/name").asText());
    assertEquals(name, json.at("/picture/name").asText());
    assertEquals(HOSTILE, json.at("/layers/0/name").asText());
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    String page = page(SmallModel.named("conv1", "cat", "dog"), "model", "image");
    assertTrue(page.contains("default-src 'none'"));
    assertEquals(
        0, count(page, "https?:|\\bsrc=|@import|url\\(|<link(?! rel=\"icon\" href=\"data:)"));
    assertFalse(page.contains("{{"), "all of the template is filled");
  }

  @Test
  void thePageOfALargeNetworkStaysSmall() throws IOException {
    Network network =
        Network.of(
            Shape.of(3, 96, 96),
            Conv2d.of(64, 3).withPadding(Padding.SAME),
            MaxPool2d.of(4, 4),
            Conv2d.of(256, 3).withPadding(Padding.SAME),
            MaxPool2d.of(4, 4),
            new Flatten(),
            Dense.of(300));
    List<String> classes = IntStream.range(0, 300).mapToObj(c -> "class " + c).toList();
    Model model =
        new Model(network, network.initialWeights(1), Normalization.none(3), classes, null);
    String page = page(model, "model", "image");
    assertTrue(page.length() < 3_000_000, "page of " + page.length() + " characters");
    assertTrue(page.contains("The most likely of 300 classes."));
    assertEquals(ClassView.MOST, count(page, "<span class=\"percent\">"));
  }
}
