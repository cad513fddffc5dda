package dev.rollcall.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The grid writes typed text once into the focused cell, or keeps it there and reports the failure. */
@NeedsBrowser
final class GridBrowserIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** A change of a grade takes 1.5 s in all, since the grade is read first. */
    private static final Duration SLOW = Duration.ofMillis(750);

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private static Service grading;
    private static Service portal;
    private static GradingLink link;
    private static Browser browser;
    private GridSheet sheet;

    @BeforeAll
    static void start() throws Exception {
        var registry = SUITE.startRegistry();
        // the service has a registry of its own, so that the portal finds nothing but the link to it
        var other = SUITE.start(Program.REGISTRY);
        portal = SUITE.start(Program.PORTAL);
        grading = SUITE.start(Program.GRADING, "--registry", other.url());
        link = SUITE.closesAtTheEnd(GradingLink.to(grading.url()));
        Http.post(
                registry.url() + "/services",
                "application/json",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"" + link.url() + "\"}");
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(portal.url() + "/gradebook").status()).isEqualTo(200));
        browser = Browser.before(portal.url());
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        sheet = GridSheet.withFourStudents(grading.url());
        browser.open(sheet.path());
    }

    @AfterEach
    void heal() throws Exception {
        link.delayGrades(Duration.ZERO);
        link.loseResponses(0);
        link.cut(false);
        if (!grading.isAlive()) {
            grading = SUITE.startAgain(grading);
        }
        if (!portal.isAlive()) {
            portal = SUITE.startAgain(portal);
        }
        Await.atMost(LIMIT, () -> assertThat(browser.all("td.saving")).isEmpty());
        browser.assertNoComplaints();
    }

    enum Way {
        RIGHT_CLICK,
        PRESS_AND_DRAG,
        TOUCH,
        FOCUS_OF_CELL,
        FOCUS_OF_LINK,
        KEYBOARD
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void givenFocusOnACell_whenDeleteIsPressed_thenThatCellAloneIsErasedAndTakenBack(Way way) throws Exception {
        reach(way);

        assertThat(focusedCell()).isEqualTo(sheet.id(1, 0));
        browser.type(Keys.DELETE);

        awaitScores("50 – 50 50");
        browser.chord(Keys.CONTROL, "z");
        awaitScores("50 50 50 50");
    }

    private void reach(Way way) {
        var cell = browser.find(sheet.css(1, 0));
        switch (way) {
            case RIGHT_CLICK -> browser.rightClick(cell).type(Keys.ESCAPE);
            case PRESS_AND_DRAG -> browser.drag(cell, browser.find(sheet.css(2, 0)));
            case TOUCH -> browser.tap(cell).type(Keys.ESCAPE);
            case FOCUS_OF_CELL -> browser.script("arguments[0].focus()", cell);
            case FOCUS_OF_LINK -> browser.script("arguments[0].querySelector('a').focus()", cell);
            case KEYBOARD -> {
                browser.script("document.querySelector('td.cell').focus()");
                browser.type(Keys.ARROW_DOWN);
            }
        }
    }

    @Test
    void givenInvalidScoreInAColumn_whenOthersAreSaved_thenItStaysInItsCellMarkedUntilItIsRight() throws Exception {
        focus(0, 0).type("8,5", Keys.ENTER, "9", Keys.ENTER, "7", Keys.ENTER);

        awaitScores("50 9 7 50");
        browser.awaitText("#grid-status", "1 not saved");
        assertThat(shown(0)).isEqualTo("8,5");
        assertThat(mark(0)).contains("not saved");
        assertThat(browser.find(sheet.css(0, 0)).getDomAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(browser.text("#grid-status")).contains("Write a number");
        assertThat(isAskedOnLeaving()).isTrue();
        screenshots("grid-refused");
        browser.assertAccessible();

        focus(0, 0).type("8.5", Keys.ENTER);
        awaitScores("8.5 9 7 50");
        assertThat(browser.all("td.unsaved")).isEmpty();
        assertThat(isAskedOnLeaving()).isFalse();
    }

    @Test
    void givenRefusedScore_whenTakenBack_thenTheStoredOneIsShownAndNothingIsSent() throws Exception {
        focus(0, 0).type("-5", Keys.ENTER);
        browser.awaitText("#grid-status", "1 not saved");
        var sent = link.changes();

        browser.chord(Keys.CONTROL, "z");

        assertThat(shown(0)).isEqualTo("50");
        assertThat(isAskedOnLeaving()).isFalse();
        assertThat(link.changes()).isEqualTo(sent);
        awaitScores("50 50 50 50");
    }

    @Test
    void givenServiceKilled_whenFourAreTyped_thenAllStayMarkedAndAreSavedOnceWhenItIsBack() throws Exception {
        grading.kill();
        focus(0, 0).type("61", Keys.ENTER, "62", Keys.ENTER, "63", Keys.ENTER, "64", Keys.ENTER);

        browser.awaitText("#grid-status", "4 not saved");
        for (var row = 0; row < 4; row++) {
            assertThat(shown(row)).isEqualTo("6" + (row + 1));
            assertThat(mark(row)).contains("not saved");
        }
        assertThat(focusedCell()).isEqualTo(sheet.id(3, 0));
        assertThat(isAskedOnLeaving()).isTrue();
        screenshots("grid-outage");
        browser.assertAccessible();

        grading = SUITE.startAgain(grading);
        awaitScores("61 62 63 64");
        assertThat(sheet.versions(0)).isEqualTo("2 2 2 2");
        Await.atMost(
                LIMIT, () -> assertThat(browser.all("td.unsaved, td.saving")).isEmpty());
        assertThat(focusedCell()).isEqualTo(sheet.id(3, 0));
        browser.chord(Keys.CONTROL, "z");
        awaitScores("61 62 63 50");
    }

    @Test
    void givenLostResponses_whenRetriedByItself_thenSavedOnceAndNoConflict() throws Exception {
        link.loseResponses(3);
        focus(0, 0).type("61", Keys.ENTER, Keys.DELETE);
        focus(0, 1).type("63", Keys.ENTER);

        browser.awaitText("#grid-status", "not saved");
        awaitScores("61 – 50 50");
        Await.atMost(
                LIMIT, () -> assertThat(browser.all("td.unsaved, td.saving")).isEmpty());
        assertThat(sheet.versions(0)).isEqualTo("2 – 1 1");
        assertThat(sheet.scores(1)).isEqualTo("63 – – –");
        assertThat(sheet.versions(1)).isEqualTo("1 – – –");
        assertThat(browser.text("#grid-status")).doesNotContain("Somebody else");
    }

    @Test
    void givenCutOff_whenACellIsTypedTwice_thenSavedInOrderWhenItIsBack() throws Exception {
        link.cut(true);
        focus(0, 0).type("61", Keys.ENTER);
        browser.awaitText("#grid-status", "1 not saved");
        focus(0, 0).type("62", Keys.ENTER);
        press("Try again now");
        assertThat(shown(0)).isEqualTo("62");
        assertThat(mark(0)).contains("not saved");
        link.cut(false);

        awaitScores("62 50 50 50");
        assertThat(sheet.versions(0)).isEqualTo("3 1 1 1");
    }

    @Test
    void givenConflict_whenItArrivesWhileTyping_thenFocusAndTextStayAndNoKeyDecides() throws Exception {
        link.delayGrades(SLOW);
        sheet.writeBySomebodyElse(0, 33);
        focus(0, 0).type("20", Keys.ENTER, "1");
        browser.awaitText("#grid-status", "it is 33 now; you typed 20");
        assertThat(focusedCell()).isEqualTo(sheet.id(1, 0));
        browser.type("0", Keys.ENTER, Keys.ENTER, Keys.ESCAPE);

        awaitScores("33 10 50 50");
        assertThat(focusedCell()).isEqualTo(sheet.id(2, 0));
        assertThat(shown(0)).isEqualTo("20");
        assertThat(mark(0)).contains("not saved");
        assertThat(isAskedOnLeaving()).isTrue();
        screenshots("grid-conflict");
        browser.assertAccessible();

        press("Save 20");
        awaitScores("20 10 50 50");
        assertThat(focusedCell()).isEqualTo(sheet.id(0, 0));
        browser.chord(Keys.CONTROL, "z");
        awaitScores("33 10 50 50");
    }

    @Test
    void givenConflict_whenTakenBackOrTypedAgain_thenNeverOverSomebodyElsesChange() throws Exception {
        sheet.writeBySomebodyElse(0, 33);
        focus(0, 0).type("20", Keys.ENTER);
        browser.awaitText("#grid-status", "it is 33 now; you typed 20");
        focus(0, 0).type("21", Keys.ENTER);
        browser.awaitText("#grid-status", "it is 33 now; you typed 21");

        browser.chord(Keys.CONTROL, "z");

        assertThat(shown(0)).isEqualTo("33");
        assertThat(browser.all("td.unsaved")).isEmpty();
        browser.chord(Keys.CONTROL, "z");
        browser.awaitText("#grid-status", "nothing to take back");
        awaitScores("33 50 50 50");
    }

    @Test
    void givenSlowResponses_whenACellIsSavedTwiceAndEditedMeanwhile_thenInOrderAndTypingGoesOn() throws Exception {
        link.delayGrades(SLOW);
        focus(0, 0).type("91", Keys.ENTER, Keys.ARROW_UP, "92", Keys.ENTER, Keys.ARROW_UP, "9");
        browser.awaitText("#grid-said", "→ 91. Saved.");
        assertThat(browser.script("return document.activeElement.value")).isEqualTo("9");
        browser.type("3", Keys.ESCAPE);

        awaitScores("92 50 50 50");
        assertThat(sheet.versions(0)).isEqualTo("3 1 1 1");
        browser.chord(Keys.CONTROL, "z").chord(Keys.CONTROL, "z");
        awaitScores("50 50 50 50");
    }

    @Test
    void givenEdges_whenKeysLeadBeyond_thenTheFocusStaysInTheGridAndNothingIsLost() throws Exception {
        browser.script("document.querySelector('td.cell').focus()");
        var first = focusedCell();
        browser.type(Keys.ARROW_UP, Keys.ARROW_LEFT, Keys.PAGE_UP, Keys.HOME);
        assertThat(focusedCell()).isEqualTo(first);
        browser.type("71").chord(Keys.SHIFT, Keys.TAB.toString());
        assertThat(focusedCell()).isEqualTo(first);
        awaitScores("71 50 50 50");

        browser.type(Keys.END).type(Keys.PAGE_DOWN, Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
        var last = focusedCell();
        browser.type("72", Keys.TAB, Keys.ESCAPE, "73", Keys.ENTER);
        assertThat(focusedCell()).isEqualTo(last);
        browser.awaitText("#grid-said", "→ 73. Saved.");
    }

    @Test
    void givenTyping_whenEscapedBlurredOrTheWindowLosesTheFocus_thenRestoredSavedOrKept() throws Exception {
        focus(0, 0).type("1", Keys.ESCAPE);
        assertThat(shown(0)).isEqualTo("50");
        focus(1, 0).type("4").lookAway().type("2");
        browser.find("h1").click();
        awaitScores("50 42 50 50");
        focus(2, 0).type("43");
        browser.rightClick(browser.find(sheet.css(3, 0))).type(Keys.ESCAPE, Keys.DELETE);
        awaitScores("50 42 43 –");
    }

    @Test
    void givenCopiedText_whenPasted_thenOneScoreIsTypedAndAColumnIsNot() throws Exception {
        browser.script("document.body.insertAdjacentHTML('beforeend', '<textarea id=copied></textarea>')");
        copy("12.5");
        focus(1, 0).chord(Keys.CONTROL, "v").type(Keys.ENTER);
        awaitScores("50 12.5 50 50");

        browser.find("#copied").clear();
        copy("1\n2");
        focus(2, 0).chord(Keys.CONTROL, "v");
        browser.awaitText("#grid-said", "nothing was pasted");
        browser.type(Keys.ENTER).chord(Keys.CONTROL, "v").type(Keys.ENTER);
        awaitScores("50 12.5 50 50");
    }

    private static void copy(String text) {
        browser.find("#copied").sendKeys(text);
        browser.chord(Keys.CONTROL, "a").chord(Keys.CONTROL, "c");
    }

    @Test
    void givenPortalKilled_whenAScoreIsTyped_thenSavedByItselfWhenItIsBack() throws Exception {
        portal.kill();
        focus(0, 0).type("61", Keys.ENTER);
        browser.awaitText("#grid-status", "The portal doesn’t answer");

        portal = SUITE.startAgain(portal);

        awaitScores("61 50 50 50");
        Await.atMost(
                LIMIT, () -> assertThat(browser.all("td.unsaved, td.saving")).isEmpty());
        assertThat(sheet.versions(0)).isEqualTo("2 1 1 1");
    }

    @Test
    void givenOldPage_whenTheServiceIsBackWhileTyping_thenTheTextStaysAndThePageIsOffered() throws Exception {
        link.cut(true);
        browser.open(sheet.path());
        browser.awaitText(".banner", "last known data");
        assertThat(browser.text("#grid-help")).contains("as soon as the grading service answers");
        browser.find("#q").sendKeys("Zo");
        link.cut(false);

        browser.awaitText(".banner", "Load this page again");
        assertThat(browser.find("#q").getDomProperty("value")).endsWith("Zo");
        press("Load this page again");
        Await.atMost(LIMIT, () -> assertThat(browser.all(".banner")).isEmpty());
        focus(0, 0).type("55", Keys.ENTER);
        awaitScores("55 50 50 50");
    }

    private Browser focus(int row, int column) {
        browser.script("arguments[0].focus()", browser.find(sheet.css(row, column)));
        return browser;
    }

    private String shown(int row) {
        return browser.text(sheet.css(row, 0) + " .value");
    }

    private String mark(int row) {
        return browser.text(sheet.css(row, 0) + " .mark");
    }

    private static void press(String button) {
        browser.all("main button").stream()
                .filter(each -> each.getText().equals(button))
                .findFirst()
                .orElseThrow()
                .click();
    }

    private static String focusedCell() {
        return String.valueOf(browser.script("return (document.activeElement.closest('td.cell') || {}).id"));
    }

    /** Returns whether nothing, such as the panel below the sheet, covers the focused cell. */
    private static boolean isFocusInSight() {
        return (Boolean)
                browser.script(
                        "const cell = document.activeElement;"
                                + "const box = cell.getBoundingClientRect();"
                                + "return cell.contains(document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2))");
    }

    /** Returns what the browser would do on leaving the page; the page stays open. */
    private static boolean isAskedOnLeaving() {
        return (Boolean) browser.script("return !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))");
    }

    private void awaitScores(String scores) throws InterruptedException {
        Await.atMost(LIMIT, () -> assertThat(sheet.scores(0)).isEqualTo(scores));
    }

    private static void screenshots(String name) {
        browser.screenshot(name + "-light");
        browser.colours("dark").screenshot(name + "-dark");
        browser.colours("light").width(320);
        browser.type(Keys.ARROW_UP, Keys.ARROW_DOWN).screenshot(name + "-narrow");
        browser.assertFits();
        assertThat(isFocusInSight()).isTrue();
        browser.fullSize();
    }
}
