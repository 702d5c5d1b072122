package dev.convoy.report.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.model.Model;
import dev.convoy.testing.Browser;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser. */
class ExplanationPageIT {
  private static final String HOSTILE =
      "</script><script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">";

  @TempDir private Path folder;

  private Path page(Model model) throws IOException {
    Path file = folder.resolve("page.html");
    Explanation it =
        Explainer.explain(
            model, HOSTILE, SampleImages.random(1, SmallModel.INPUT, 3, 9), HOSTILE, null);
    try (OutputStream out = Files.newOutputStream(file)) {
      ExplanationPage.write(it, out);
    }
    return file;
  }

  private static WebElement find(Browser browser, String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static void choose(Browser browser, String controls, String text) {
    find(browser, controls).findElement(By.xpath(".//option[. = '" + text + "']")).click();
  }

  private static double number(Browser browser, String name) {
    return Double.parseDouble(find(browser, "#sum-result").getDomAttribute("data-" + name));
  }

  private static void assertSumIsTheEngines(Browser browser) {
    double engine = number(browser, "engine");
    assertEquals(engine, number(browser, "sum"), 1e-5 * (1 + Math.abs(engine)));
    assertTrue(find(browser, "#sum-result").getText().contains("and the engine’s value is"));
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1280})
  void thePageIsWholeAtThisWidth(int width) throws IOException {
    try (Browser browser = Browser.open(folder.resolve("profile"), width)) {
      browser.visit(page(SmallModel.named("conv1", "cat", "dog", "bird")));
      browser.assertConsoleIsEmpty();
      assertEquals((long) width, browser.run("return document.documentElement.scrollWidth"));
      assertEquals(9L, browser.run("return document.querySelectorAll('main > section').length"));
      assertEquals(
          143L, browser.run("return document.querySelectorAll('#image-matrix td').length"));
      assertEquals(
          6L,
          browser.run(
              "return document.querySelectorAll('#layer-list li:first-child [data-maps=values] canvas').length"));
      assertEquals(
          0L,
          browser.run(
              "return [...document.querySelectorAll('canvas')].filter(c => !c.getAttribute('aria-label')).length"),
          "every picture has a text");
      assertSumIsTheEngines(browser);
    }
  }

  @Test
  void sumsAreSteppedThroughByButtonsKeysAndLists() throws IOException {
    try (Browser browser = Browser.open(folder.resolve("profile"), 1280)) {
      browser.visit(page(SmallModel.named("conv1", "cat", "dog", "bird")));
      String picked = find(browser, "#sum-output-caption").getText();
      for (String button : new String[] {"next window", "left", "up", "down", "right"}) {
        find(browser, "#sum-steps [aria-label='" + button + "']").click();
        assertSumIsTheEngines(browser);
      }
      find(browser, "#sum-output canvas").sendKeys(Keys.ARROW_LEFT, Keys.ARROW_UP);
      assertNotEquals(picked, find(browser, "#sum-output-caption").getText());
      assertSumIsTheEngines(browser);
      find(browser, "#sum-output canvas").click();
      assertTrue(find(browser, "#sum-output-caption").getText().contains("row 6, column 5"));
      assertSumIsTheEngines(browser);
      choose(browser, "#sum-controls", "conv2");
      assertTrue(find(browser, "#sum-output-caption").getText().startsWith("Map 0 of conv2"));
      choose(browser, "#sum-controls", "filter 3");
      assertSumIsTheEngines(browser);

      String result = find(browser, "#pool-result").getText();
      assertTrue(result.startsWith("The largest value"), result);
      choose(browser, "#pool-controls", "mean");
      result = find(browser, "#pool-result").getText();
      assertTrue(result.startsWith("The cells’ sum"), result);
      find(browser, "#gradient-list details:first-of-type summary").click();
      find(browser, "#decision-controls button:last-child").click();
      browser.assertConsoleIsEmpty();
    }
  }

  @Test
  void hostileNamesAreShownAndDoNotRun() throws IOException {
    try (Browser browser = Browser.open(folder.resolve("profile"), 360)) {
      browser.visit(page(SmallModel.named(HOSTILE, HOSTILE, HOSTILE + "b")));
      assertNotEquals("taken", browser.driver().getTitle());
      assertEquals(HOSTILE, find(browser, "h1").getText());
      assertEquals(HOSTILE, find(browser, ".bars li .name").getText());
      assertEquals(0L, browser.run("return document.images.length"));
      assertSumIsTheEngines(browser);
      browser.assertConsoleIsEmpty();
    }
  }
}
