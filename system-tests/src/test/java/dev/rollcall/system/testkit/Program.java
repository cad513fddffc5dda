package dev.rollcall.system.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The programs that Rollcall ships, as the build left them. */
public enum Program {
    /** Who is here. */
    REGISTRY("RegistryService"),
    /** Everybody's log. */
    LOG("LogService"),
    /** Students and grades. */
    GRADING("GradingService"),
    /** The teachers' pages. */
    PORTAL("PortalService");

    private final String service;

    Program(String service) {
        this.service = service;
    }

    /** The name that it registers by. */
    public String service() {
        return service;
    }

    /** The name of its module and of its jar, without the ending. */
    public String file() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }

    /** Its jar; {@link IllegalStateException} if it isn't built. */
    public Path jar() {
        var jar = Path.of("..", file(), "target", file() + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing; mvn package builds it, mvn verify does and tests it");
        }
        return jar;
    }
}
