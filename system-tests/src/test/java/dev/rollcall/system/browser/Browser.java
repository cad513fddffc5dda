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

/** One window of a headless chromium before a portal. Not thread-safe. */
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

    /** A new window, 1,280 wide, at none of the portal's pages yet. */
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
                // none but the machine itself is ever asked
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .usingAnyFreePort()
                .withTimeout(LIMIT)
                .build();
        return new Browser(new ChromeDriver(service, options), portal);
    }

    /** Goes to a page. */
    Browser open(String path) {
        driver.get(portal + path);
        return this;
    }

    /** The path it is at, with the query. */
    String path() {
        var url = driver.getCurrentUrl();
        assertThat(url).startsWith(portal);
        return url.substring(portal.length());
    }

    /** The first such element, as soon as there is one. */
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

    /** What it reads; scripts may put another element in its place meanwhile. */
    String text(String css) {
        return new WebDriverWait(driver, LIMIT)
                .pollingEvery(POLL)
                .ignoreAll(List.of(NoSuchElementException.class, StaleElementReferenceException.class))
                .withMessage(() -> css + " at " + driver.getCurrentUrl())
                .until(d -> d.findElement(By.cssSelector(css)).getText());
    }

    /** Asks for the same page again, and waits for it. */
    Browser reload() {
        driver.navigate().refresh();
        return this;
    }

    String focused() {
        return driver.switchTo().activeElement().getAccessibleName();
    }

    /** Types wherever the focus is. */
    Browser type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    /** Holds a key down while another is pressed. */
    Browser chord(Keys held, String key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
        return this;
    }

    /** Presses the mouse's other button at an element. */
    Browser rightClick(WebElement at) {
        new Actions(driver).contextClick(at).perform();
        return this;
    }

    /** Presses the mouse at an element and releases it at another. */
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

    /** Looks at another window for a moment. */
    Browser lookAway() {
        var window = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.WINDOW);
        driver.close();
        driver.switchTo().window(window);
        return this;
    }

    /** Presses Tab until something of this accessible name has the focus. */
    Browser tabTo(String name) {
        for (var i = 0; i < 200; i++) {
            type(Keys.TAB);
            if (focused().equals(name)) {
                return this;
            }
        }
        throw new AssertionError("Tab never comes to “" + name + "”");
    }

    /** Until an element has this text in it. */
    void awaitText(String css, String text) {
        new WebDriverWait(driver, LIMIT)
                .pollingEvery(POLL)
                .ignoreAll(List.of(NoSuchElementException.class, StaleElementReferenceException.class))
                .withMessage(() -> css + " with “" + text + "” in it; the page has: " + text("body"))
                .until(d -> d.findElement(By.cssSelector(css)).getText().contains(text));
    }

    /** Until the page is at an address that begins so. */
    void awaitPath(String start) {
        new WebDriverWait(driver, LIMIT)
                .pollingEvery(POLL)
                .withMessage(() -> "at " + start + ", not " + driver.getCurrentUrl())
                .until(d -> path().startsWith(start));
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Prefers colours: light or dark. */
    Browser colours(String scheme) {
        return emulate(Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** As on paper. */
    Browser media(String medium) {
        return emulate(Map.of("media", medium));
    }

    private Browser emulate(Map<String, Object> what) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", what);
        return this;
    }

    /** Scripts are off or on, from the next page on. */
    Browser scripts(boolean areOn) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !areOn));
        return this;
    }

    /** As wide as this; narrower than a window can be. */
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

    /** The page is laid out anew some time after it was asked for. */
    private Browser awaitWidth(int min, int max) {
        new WebDriverWait(driver, LIMIT).pollingEvery(POLL).until(d -> {
            var width = ((Number) script("return window.innerWidth")).intValue();
            return min <= width && width <= max;
        });
        return this;
    }

    /** Nobody is kept from anything on it (WCAG 2.2 A and AA, and axe's own good practice). */
    void assertAccessible() {
        var violations = new AxeBuilder().analyze(driver).getViolations();
        assertThat(violations)
                .as("axe at " + path())
                .allSatisfy(rule -> assertThat(rule.getNodes())
                        .as(rule.getId() + ": " + rule.getHelp())
                        .isEmpty());
    }

    /** Nothing of the page itself reaches beyond its width; tables scroll within. */
    void assertFits() {
        var beyond = script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(beyond).as("pixels beyond the width of " + path()).isEqualTo(0L);
    }

    /** Neither the pages' scripts nor their policy complained. */
    void assertNoComplaints() {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                // what the server answered is the test's own affair
                .filteredOn(entry -> !entry.getMessage().contains("Failed to load resource")
                        && !entry.getMessage().contains("net::ERR"))
                .isEmpty();
    }

    /** Keeps a picture under {@code target/screenshots}. */
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
