package dev.rollcall.grading;

import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.wire.ServiceName;

/** Keeps students and their grades, and tells them to whom asks. */
public final class GradingService {
    private GradingService() {}

    /** Runs until Enter or a signal; {@code --help} lists the settings. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        var settings = GradingSettings.parseOrExit(args, System.getenv());
        var gradebook = Gradebook.inMemory(SampleStudents.ALL, settings.gradesMax());
        ServiceHost.of(ServiceName.GRADING, settings.host())
                .requires(ServiceName.LOG)
                .serves(StudentRoutes.over(gradebook))
                .closes(gradebook)
                .runUntilStopped();
    }
}
