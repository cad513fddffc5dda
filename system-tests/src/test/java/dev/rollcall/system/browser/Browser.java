package dev.rollcall.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One window of a headless Chromium that shows a portal. Not thread-safe. */
final class Browser implements AutoCloseable {
    static final String HOW_TO_GET_ONE = "apt-get install -y chromium chromium-driver";

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final ChromeDriver driver;
    private final String portal;

    private Browser(ChromeDriver driver, String portal) {
        this.driver = driver;
        this.portal = portal;
    }

    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    /** Opens a new window, 1,280 pixels wide, without a page. */
    static Browser before(String portal) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--window-size=1280,1000",
                // requests only to this machine
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .usingAnyFreePort()
                .withTimeout(LIMIT)
                .build();
        return new Browser(new ChromeDriver(service, options), portal);
    }

    /** Opens a page. */
    Browser open(String path) {
        driver.get(portal + path);
        return this;
    }

    /** Returns the current path with its query. */
    String path() {
        var url = driver.getCurrentUrl();
        assertThat(url).startsWith(portal);
        return url.substring(portal.length());
    }

    /** Returns the first such element, waiting until there is one. */
    WebElement find(String css) {
        return new WebDriverWait(driver, LIMIT)
                .pollingEvery(POLL)
                .ignoring(NoSuchElementException.class)
                .withMessage(() -> css + " at " + driver.getCurrentUrl())
                .until(d -> d.findElement(By.cssSelector(css)));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    WebElement link(String text) {
        return driver.findElement(By.linkText(text));
    }

    /** Returns an element's text; scripts may replace the element in the meantime. */
    String text(String css) {
        return new WebDriverWait(driver, LIMIT)
                .pollingEvery(POLL)
                .ignoreAll(List.of(NoSuchElementException.class, StaleElementReferenceException.class))
                .withMessage(() -> css + " at " + driver.getCurrentUrl())
                .until(d -> d.findElement(By.cssSelector(css)).getText());
    }

    /** Reloads the page and waits for it. */
    Browser reload() {
        driver.navigate().refresh();
        return this;
    }

    String focused() {
        return driver.switchTo().activeElement().getAccessibleName();
    }

    /** Types into the focused element. */
    Browser type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    /** Holds a key down while another is pressed. */
    Browser chord(Keys held, String key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
        return this;
    }

    /** Presses the secondary mouse button on an element. */
    Browser rightClick(WebElement at) {
        new Actions(driver).contextClick(at).perform();
        return this;
    }

    /** Presses the mouse on an element and releases it on another. */
    Browser drag(WebElement from, WebElement to) {
        new Actions(driver).clickAndHold(from).moveToElement(to).release().perform();
        return this;
    }

    /** Touches an element with a finger. */
    Browser tap(WebElement at) {
        var finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
        driver.perform(List.of(new Sequence(finger, 0)
                .addAction(finger.createPointerMove(Duration.ZERO, PointerInput.Origin.fromElement(at), 0, 0))
                .addAction(finger.createPointerDown(PointerInput.MouseButton.LEFT.asArg()))
                .addAction(finger.createPointerUp(PointerInput.MouseButton.LEFT.asArg()))));
        return this;
    }

    /** Switches to another window for a moment. */
    Browser lookAway() {
        var window = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.WINDOW);
        driver.close();
        driver.switchTo().window(window);
        return this;
    }

    /** Presses Tab until an element with this accessible name has the focus. */
    Browser tabTo(String name) {
        for (var i = 0; i < 200; i++) {
            type(Keys.TAB);
            if (focused().equals(name)) {
                return this;
            }
        }
        throw new AssertionError("Tab never comes to “" + name + "”");
    }

    /** Waits until an element contains this text. */
    void awaitText(String css, String text) {
        new WebDriverWait(driver, LIMIT)
                .pollingEvery(POLL)
                .ignoreAll(List.of(NoSuchElementException.class, StaleElementReferenceException.class))
                .withMessage(() -> css + " with “" + text + "” in it; the page has: " + text("body"))
                .until(d -> d.findElement(By.cssSelector(css)).getText().contains(text));
    }

    /** Waits until the address begins with this text. */
    void awaitPath(String start) {
        new WebDriverWait(driver, LIMIT)
                .pollingEvery(POLL)
                .withMessage(() -> "at " + start + ", not " + driver.getCurrentUrl())
                .until(d -> path().startsWith(start));
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Sets the preferred colour scheme: light or dark. */
    Browser colours(String scheme) {
        return emulate(Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Emulates printing. */
    Browser media(String medium) {
        return emulate(Map.of("media", medium));
    }

    private Browser emulate(Map<String, Object> what) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", what);
        return this;
    }

    /** Turns scripts off or on, from the next page on. */
    Browser scripts(boolean areOn) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !areOn));
        return this;
    }

    /** Sets the page's width, which may be less than a window's minimum. */
    Browser width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 1_000, "deviceScaleFactor", 1, "mobile", false));
        return awaitWidth(pixels, pixels);
    }

    Browser fullSize() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.manage().window().setSize(new Dimension(1280, 1000));
        return awaitWidth(1_000, 1_280);
    }

    /** Waits for the new layout, which comes some time after the request. */
    private Browser awaitWidth(int min, int max) {
        new WebDriverWait(driver, LIMIT).pollingEvery(POLL).until(d -> {
            var width = ((Number) script("return window.innerWidth")).intValue();
            return min <= width && width <= max;
        });
        return this;
    }

    /** Checks accessibility (WCAG 2.2 A and AA, and axe's own good practice). */
    void assertAccessible() {
        var violations = new AxeBuilder().analyze(driver).getViolations();
        assertThat(violations)
                .as("axe at " + path())
                .allSatisfy(rule -> assertThat(rule.getNodes())
                        .as(rule.getId() + ": " + rule.getHelp())
                        .isEmpty());
    }

    /** Checks that nothing exceeds the page's width; tables scroll within. */
    void assertFits() {
        var beyond = script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(beyond).as("pixels beyond the width of " + path()).isEqualTo(0L);
    }

    /** Checks that neither the pages' scripts nor their policy reported an error. */
    void assertNoComplaints() {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                // error statuses are checked by the test itself
                .filteredOn(entry -> !entry.getMessage().contains("Failed to load resource")
                        && !entry.getMessage().contains("net::ERR"))
                .isEmpty();
    }

    /** Saves a screenshot under {@code target/screenshots}. */
    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
