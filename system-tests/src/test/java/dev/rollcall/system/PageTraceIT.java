package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Suite;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links from a page to its services' data: the log records of its request, and their settings. */
final class PageTraceIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("/logs\\?trace=([0-9a-f]{32})");

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private static String portal = "";
    private static String log = "";

    @BeforeAll
    static void start() throws Exception {
        SUITE.startRegistry();
        log = SUITE.start(Program.LOG).url();
        SUITE.start(Program.GRADING);
        portal = SUITE.start(Program.PORTAL).url();
        Await.atMost(
                LIMIT, () -> assertThat(Http.get(portal + "/students").status()).isEqualTo(200));
    }

    @Test
    void givenPage_whenItsLogLinesAreAskedFor_thenThoseOfAllServicesThatHadAPartInIt() throws Exception {
        var link = LINK.matcher(Http.get(portal + "/students").body());
        assertThat(link.find()).isTrue();

        Await.atMost(LIMIT, () -> {
            var page = Http.get(portal + link.group()).body();
            assertThat(page)
                    .containsPattern("PortalService</bdi>(?s:.{0,300})GET /students")
                    .containsPattern("GradingService</bdi>(?s:.{0,300})GET /students");
        });
        var lines = Http.get(log + "/log?trace=" + link.group(1)).body();
        assertThat(lines.lines().filter(line -> line.contains("GET /students"))).hasSize(2);
    }

    @Test
    void givenWhatServicesAskEachOther_whenTheLogIsRead_thenNoLineTellsOfIt() throws Exception {
        var link = LINK.matcher(Http.get(portal + "/items").body());
        assertThat(link.find()).isTrue();
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(log + "/log?trace=" + link.group(1)).body())
                        .contains("GET /items"));

        // heartbeats, patches and shipped records have come and gone in the meantime
        assertThat(Http.get(log + "/log?limit=10000").body())
                .doesNotContainPattern(" (GET|POST) /(heartbeat|services|log)\\S* ms=");
    }

    @Test
    void givenServices_whenTheirPagesAreAsked_thenTheSettingsThatMatter() throws Exception {
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(portal + "/system/GradingService").body())
                        .contains("Kept by", "SQLite", "Grades, at most", "1,000,000", "Log records wait in", "Java"));
        assertThat(Http.get(portal + "/system/LogService").body())
                .contains("Log kept, at most", "10 GiB", "30 days", "Data directory")
                .doesNotContain("Log records wait in");
        assertThat(Http.get(portal + "/system/PortalService").body()).contains("Memory for objects, at most");
    }
}
