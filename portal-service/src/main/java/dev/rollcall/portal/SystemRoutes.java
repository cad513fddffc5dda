package dev.rollcall.portal;

import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import java.time.InstantSource;

/** The page of the running system. */
final class SystemRoutes {
    private final SystemClient system;
    private final InstantSource time;

    SystemRoutes(SystemClient system, InstantSource time) {
        this.system = system;
        this.time = time;
    }

    Routes routes() {
        return Routes.NONE.get("/", this::overview);
    }

    private Answer overview(Request request) {
        var instances = system.instances(request.trace());
        var log = system.log(request.trace());
        return Pages.page(200, "system", new SystemPage(time.instant(), instances, system.known(), log));
    }
}
