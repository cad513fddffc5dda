package dev.rollcall.grading;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.http.Routes;
import java.time.InstantSource;

/** The HTTP routes of a gradebook. */
final class GradingRoutes {
    private GradingRoutes() {}

    static Routes over(Gradebook gradebook, InstantSource clock) {
        return new StudentRoutes(gradebook)
                .routes()
                .and(new GradeRoutes(gradebook).routes())
                .and(new SettingRoutes(gradebook).routes())
                .and(new ClassRoutes(gradebook).routes())
                .and(new HistoryRoutes(gradebook).routes())
                .and(new SheetRoutes(gradebook).routes())
                .and(new BackupRoutes(gradebook, clock).routes());
    }
}
