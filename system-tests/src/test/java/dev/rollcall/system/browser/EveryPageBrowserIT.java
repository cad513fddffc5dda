package dev.rollcall.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Suite;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page, without a violation found by axe: light and dark, narrow and with large text. */
@NeedsBrowser
final class EveryPageBrowserIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ODD =
            "</td><script>document.title = 'broken'</script>\" onload=\"x \u202E\u200F😀\u0007";
    private static final int FIRST_LOAD_BYTES_MAX = 100_000;

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private static String portal = "";
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        SUITE.startRegistry();
        var log = SUITE.start(Program.LOG).url();
        var grading = SUITE.start(Program.GRADING).url();
        portal = SUITE.start(Program.PORTAL).url();
        Await.atMost(
                LIMIT, () -> assertThat(Http.get(portal + "/students").status()).isEqualTo(200));
        Http.post(log + "/log", "text/plain", "[" + "Odd" + "] - " + ODD + "\n");
        Http.post(
                grading + "/students/1/grades",
                "application/json",
                "{\"Title\":\"</title><script>document.title='broken'</script>\\\"' \u202E\u200F😀\",\"Type\":\"Quiz\","
                        + "\"Score\":50,\"Comment\":\"<img src=x onerror=alert(1)> \u202E\u200F😀\"}");
        browser = Browser.before(portal);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/students",
                "/students?q=zzz",
                "/students/1",
                "/students/new",
                "/students/1/name",
                "/students/1/grades/1",
                "/gradebook",
                "/gradebook/cell?student=1&item=1",
                "/items",
                "/items/1",
                "/weights",
                "/import",
                "/system",
                "/system/GradingService",
                "/logs",
                "/logs?service=Odd",
                "/nowhere/at/all/really",
                "/students/99999"
            })
    void givenPage_whenLookedAt_thenEverybodyCanUseIt(String path) {
        browser.fullSize().colours("light").open(path);
        assertThat(browser.script("return document.title").toString()).endsWith("· Rollcall");
        assertThat(browser.script("return document.scripts.length").toString()).isIn("1", "2");
        browser.assertAccessible();
        browser.colours("dark");
        browser.assertAccessible();
        browser.colours("light").width(320);
        browser.assertFits();
        browser.fullSize();
        browser.script("document.documentElement.style.fontSize = '200%'");
        browser.assertFits();
        browser.assertNoComplaints();
    }

    @Test
    void givenLogPage_whenShown_thenOddTextIsText() {
        browser.open("/logs?service=Odd");

        assertThat(browser.text("#lines")).contains("</td><script>document.title = 'broken'</script>", "😀", "␇");
    }

    @Test
    void givenNewcomer_whenTheFirstPageIsLoaded_thenLessThanAHundredKilobytes() {
        browser.open("/students");

        var bytes = (Number) browser.script("return performance.getEntriesByType('navigation')"
                + ".concat(performance.getEntriesByType('resource')).reduce((sum, e) => sum + e.decodedBodySize, 0)");

        System.out.println("first load of /students: " + bytes + " bytes");
        assertThat(bytes.longValue()).isPositive().isLessThan(FIRST_LOAD_BYTES_MAX);
    }

    @Test
    void givenStudent_whenPrinted_thenWithoutFormsAndMenus() {
        browser.open("/students/1").media("print");

        assertThat(browser.find("body > header").isDisplayed()).isFalse();
        assertThat(browser.find("form").isDisplayed()).isFalse();
        assertThat(browser.find("h1").isDisplayed()).isTrue();
        browser.media("");
    }
}
