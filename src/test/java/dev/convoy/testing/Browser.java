package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window. Where there is none, tests are skipped with a line that says
 * how to get it; with {@code CI=true} in the environment they fail instead.
 */
public final class Browser implements AutoCloseable {
  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder for all that it keeps
   * @param width of the screen in CSS pixels
   */
  public static Browser open(Path profile, int width) {
    File browser = program("chromium", "chromium-browser", "google-chrome");
    File server = program("chromedriver", "chromium.chromedriver");
    ChromeOptions options = new ChromeOptions().setBinary(browser);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        // Else a page may still be scrolling when a click comes.
        "--force-prefers-reduced-motion",
        "--user-data-dir=" + profile.toAbsolutePath());
    options.setExperimentalOption(
        "mobileEmulation",
        Map.of("deviceMetrics", Map.of("width", width, "height", 900, "pixelRatio", 1.0)));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(server).usingAnyFreePort().build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static File program(String... names) {
    String[] folders = System.getenv("PATH").split(File.pathSeparator);
    for (String name : names) {
      for (String folder : folders) {
        File file = new File(folder, name);
        if (file.canExecute()) {
          return file;
        }
      }
    }
    String message =
        "No " + names[0] + " on the PATH; install it by: apt-get install chromium chromium-driver";
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }

  /** Opens a page of this machine. */
  public void visit(Path page) {
    driver.get(page.toUri().toString());
  }

  /** Selenium's own driver, for what a user can do. */
  public ChromeDriver driver() {
    return driver;
  }

  /** What a script returns. */
  public Object run(String script) {
    return ((JavascriptExecutor) driver).executeScript(script);
  }

  /** Fails if the console has said anything, errors above all. */
  public void assertConsoleIsEmpty() {
    List<String> entries =
        Stream.of(driver.manage().logs().get(LogType.BROWSER))
            .flatMap(found -> found.getAll().stream())
            .map(LogEntry::toString)
            .toList();
    assertEquals(List.of(), entries);
  }

  /** Keeps what is to be seen. */
  public void screenshot(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
