package dev.rollcall.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Suite;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Teachers' tasks, by mouse, by keyboard alone, and without scripts. */
@NeedsBrowser
final class TeacherBrowserIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private static String portal = "";
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        SUITE.startRegistry();
        SUITE.start(Program.LOG);
        SUITE.start(Program.GRADING);
        portal = SUITE.start(Program.PORTAL).url();
        Await.atMost(
                LIMIT, () -> assertThat(Http.get(portal + "/students").status()).isEqualTo(200));
        browser = Browser.before(portal);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void complaints() {
        browser.assertNoComplaints();
        browser.scripts(true);
    }

    @Test
    void givenFrontPage_whenFiveClicksAreMade_thenAChangedGradeAndItsLogLine() throws Exception {
        browser.open("/");
        browser.link("Students").click();
        browser.awaitPath("/students");
        browser.screenshot("students");
        browser.find("tbody th a").click();
        browser.find("a[href$='/grades/1']").click();
        browser.awaitPath("/students/1/grades/1");
        browser.find("#score").clear();
        browser.find("#score").sendKeys("86.5");
        browser.find("form.fields button").click();
        browser.awaitText("main", "86.5");
        assertThat(browser.path()).startsWith("/students/1").doesNotContain("/grades/");
        browser.screenshot("student");
        browser.find(".history a").click();

        browser.awaitPath("/logs?trace=");
        Await.atMost(LIMIT, () -> {
            browser.open(browser.path());
            assertThat(browser.text("#lines")).contains("sent PUT /students/1/grades/1 to the grading service");
        });
    }

    @Test
    void givenKeyboardAlone_whenAGradeIsAdded_thenItIsThere() {
        browser.open("/students/2").tabTo("Title").type("By keyboard").type(Keys.TAB, Keys.TAB, "77.25", Keys.ENTER);

        browser.awaitText("tbody", "By keyboard");
        assertThat(browser.text("tbody")).contains("77.25");
    }

    @Test
    void givenKeyboardAlone_whenTheGridIsTypedInto_thenSavedCellByCellAndTakenBack() {
        browser.open("/gradebook");
        var before = browser.all("td.cell .value").get(0).getText();
        browser.find("td.cell").click();
        browser.type(Keys.ESCAPE, "91", Keys.ENTER);
        browser.awaitText("#grid-status", "→ 91. Saved.");
        browser.type("92", Keys.TAB);
        browser.awaitText("#grid-status", "→ 92. Saved.");
        browser.type(Keys.ARROW_LEFT, Keys.ENTER, "1", Keys.ESCAPE);
        browser.screenshot("gradebook");
        browser.assertAccessible();
        assertThat(browser.all("td.cell .value").get(0).getText()).isEqualTo("91");

        browser.chord(Keys.CONTROL, "z");
        browser.awaitText("#grid-status", "92 →");
        browser.chord(Keys.CONTROL, "z");
        browser.awaitText("#grid-status", "91 →");

        browser.open("/gradebook");
        assertThat(browser.all("td.cell .value").get(0).getText()).isEqualTo(before);
    }

    @Test
    void givenTwoBrowsers_whenBothChangeACell_thenTheSecondSeesBothValuesAndChooses() {
        try (var other = Browser.before(portal)) {
            browser.open("/gradebook?sort=-id");
            other.open("/gradebook?sort=-id");
            browser.find("td.cell").click();
            browser.chord(Keys.CONTROL, "a").type("61", Keys.ENTER);
            browser.awaitText("#grid-status", "→ 61. Saved.");
            other.find("td.cell").click();
            other.chord(Keys.CONTROL, "a").type("62", Keys.ENTER);
            other.awaitText("#grid-status", "it is 61 now; you typed 62");
            other.assertAccessible();
            assertThat(other.focused()).doesNotStartWith("Keep").doesNotStartWith("Save");

            other.tabTo("Save 62").type(Keys.ENTER);
            other.awaitText("#grid-status", "61 → 62. Saved.");
            other.assertNoComplaints();
        }
        browser.open("/gradebook?sort=-id");
        assertThat(browser.find("td.cell .value").getText()).isEqualTo("62");
    }

    @Test
    void givenNoScripts_whenACellIsChanged_thenByFormsAndLinks() {
        browser.scripts(false).open("/gradebook?sort=-name");
        browser.find("td.cell a").click();
        browser.find("#score").clear();
        browser.find("#score").sendKeys("55.5", Keys.ENTER);

        browser.awaitPath("/gradebook?sort=-name#c-");
        assertThat(browser.find("td.cell .value").getText()).isEqualTo("55.5");
    }

    @Test
    void givenFormSentTwice_whenTheButtonIsPressedTwice_thenOneGradeAndReloadSendsNothing() {
        browser.open("/students/3");
        browser.find("#title").sendKeys("Pressed twice");
        browser.find("#score").sendKeys("50");
        browser.script(
                "const f = document.querySelector('form.fields');"
                        + "fetch(f.action, {method: 'POST', body: new URLSearchParams(new FormData(f))}).finally(() => f.submit())");
        browser.awaitText("tbody", "Pressed twice");
        browser.reload();
        browser.awaitText("tbody", "Pressed twice");

        assertThat(browser.all("tbody:first-of-type tr"))
                .filteredOn(row -> row.getText().startsWith("Pressed twice"))
                .hasSize(1);
    }

    @Test
    void givenSheet_whenPasted_thenTheDifferenceIsShownBeforeItIsStored() throws Exception {
        var sheet = Http.get(portal + "/students.csv").body();
        var lines = sheet.split("\r\n", -1);
        var cells = lines[1].split(",", -1);
        cells[3] = "12.5";
        browser.open("/import");
        browser.find("#sheet").sendKeys(lines[0] + "\n" + String.join(",", cells) + "\n");
        browser.find("form.fields button").click();
        browser.awaitText("main", "1 changes");
        assertThat(browser.text("ins")).isEqualTo("12.5");
        browser.screenshot("import");
        browser.assertAccessible();

        browser.find("form:not(.fields) button").click();

        browser.awaitPath("/gradebook");
        assertThat(Http.get(portal + "/students.csv").body()).contains(",12.5");
    }
}
