package io.traceforge.viewer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/** A Chromium of this machine; see {@link NeedsChromium}. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path PICTURES = Path.of("target", "pictures");
  private final ChromeDriver driver;
  private final Path profile;

  private Browser(ChromeDriver driver, Path profile) {
    this.driver = driver;
    this.profile = profile;
  }

  static boolean isThere() {
    return chromium().isPresent() && chromedriver().isPresent();
  }

  private static Optional<Path> chromium() {
    return onPath("chromium", "chromium-browser", "google-chrome");
  }

  private static Optional<Path> chromedriver() {
    return onPath("chromedriver");
  }

  static Browser start() {
    try {
      Path profile = Files.createTempDirectory("traceforge-chromium");
      ChromeOptions options = new ChromeOptions();
      options.setBinary(chromium().orElseThrow().toFile());
      options.addArguments(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--user-data-dir=" + profile);
      LoggingPreferences logs = new LoggingPreferences();
      logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
      options.setCapability("goog:loggingPrefs", logs);
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(chromedriver().orElseThrow().toFile())
              .usingAnyFreePort()
              .withSilent(true)
              .build();
      Browser browser = new Browser(new ChromeDriver(service, options), profile);
      browser.resize(1440, 900);
      return browser;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Optional<Path> onPath(String... names) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Arrays.stream(names).map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void resize(int width, int height) {
    // The frame of the window counts too, unless the device is said to be so large.
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        java.util.Map.of(
            "width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Makes the browser prefer light or dark pages, as an operating system would. */
  void preferColours(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        java.util.Map.of(
            "features",
            List.of(java.util.Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Lets the browser stand in another part of the world. */
  void stayIn(String timeZone) {
    driver.executeCdpCommand(
        "Emulation.setTimezoneOverride", java.util.Map.of("timezoneId", timeZone));
  }

  /** Goes on in another tab, in front of those that are open. */
  void newTab() {
    driver.switchTo().newWindow(WindowType.TAB);
  }

  void reload() {
    driver.navigate().refresh();
  }

  void back() {
    driver.navigate().back();
  }

  void open(String url) {
    driver.get(url);
  }

  String url() {
    return driver.getCurrentUrl();
  }

  WebElement find(String css) {
    return await("an element " + css, () -> all(css).stream().findFirst().orElse(null));
  }

  WebElement findText(String css, String text) {
    return await(
        css + " with " + text,
        () ->
            all(css).stream().filter(one -> one.getText().contains(text)).findFirst().orElse(null));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Waits until there is something that is neither null nor false. */
  <T> T await(String what, Supplier<T> condition) {
    return new FluentWait<>(this)
        .withTimeout(PATIENCE)
        .pollingEvery(Duration.ofMillis(50))
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .withMessage(what)
        .until(browser -> condition.get());
  }

  /** Waits until a script returns true. */
  void awaitTrue(String what, String script) {
    await(what, () -> Boolean.TRUE.equals(script(script)) ? true : null);
  }

  Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  Object asyncScript(String script, Object... arguments) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(script, arguments);
  }

  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Returns what the browser complained of since it was last asked. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  Path picture(String name) {
    try {
      Files.createDirectories(PICTURES);
      Path taken = driver.getScreenshotAs(OutputType.FILE).toPath();
      return Files.move(taken, PICTURES.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException leftOver) {
      // A profile in the folder for temporary files does no harm.
    }
  }
}
