package dev.rollcall.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CrossSiteTest {
    @ParameterizedTest
    @CsvSource({
        "'',          '',                       localhost:8080, false",
        "same-origin, '',                       localhost:8080, false",
        "none,        '',                       localhost:8080, false",
        "cross-site,  '',                       localhost:8080, true",
        "same-site,   '',                       localhost:8080, true",
        "anything,    '',                       localhost:8080, true",
        "same-origin, http://localhost:8080,    localhost:8080, false",
        "'',          http://LOCALHOST:8080,    localhost:8080, false",
        "'',          http://localhost:8081,    localhost:8080, true",
        "'',          http://127.0.0.1:8080,    localhost:8080, true",
        "same-origin, http://evil.example,      localhost:8080, true",
        "cross-site,  http://localhost:8080,    localhost:8080, true",
        "'',          null,                     localhost:8080, true",
        "'',          http://,                  localhost:8080, true",
        "'',          'http://a b',             localhost:8080, true",
        "'',          http://localhost:8080,    '',             true",
        "'',          http://school.example,    school.example, false",
        "'',          http://school.example,    school.example:80, false",
        "'',          https://school.example,   school.example, false",
        "'',          https://school.example,   school.example:443, false",
        "'',          https://school.example,   school.example:80, true",
        "'',          http://[::1]:8080,        [::1]:8080,     false",
        "'',          http://[::1],             [::1],          false",
        "'',          http://user@school.example, school.example, true"
    })
    void givenHeadersOfPost_whenChecked_thenOnlyOursAreAccepted(
            String fetchSite, String origin, String host, boolean isFromAnotherSite) {
        assertThat(CrossSite.isFrom(fetchSite, origin, host)).isEqualTo(isFromAnotherSite);
    }
}
