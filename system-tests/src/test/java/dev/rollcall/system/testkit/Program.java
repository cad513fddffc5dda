package dev.rollcall.system.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The programs that Rollcall ships, as built. */
public enum Program {
    /** Lists the running instances. */
    REGISTRY("RegistryService"),
    /** Stores all services' log records. */
    LOG("LogService"),
    /** Students and grades. */
    GRADING("GradingService"),
    /** The teachers' pages. */
    PORTAL("PortalService");

    private final String service;

    Program(String service) {
        this.service = service;
    }

    /** Returns the service name that it registers with. */
    public String service() {
        return service;
    }

    /** Returns the name of its module and of its jar, without the extension. */
    public String file() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }

    /** Returns its jar; {@link IllegalStateException} if it isn't built. */
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
