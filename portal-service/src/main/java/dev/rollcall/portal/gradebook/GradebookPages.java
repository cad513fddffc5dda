package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.Forms;
import java.time.InstantSource;

/** The teachers' pages. */
public final class GradebookPages {
    private GradebookPages() {}

    /** Their routes. */
    public static Routes routes(ServiceCaller caller, Forms forms, InstantSource time) {
        var grading = new GradingClient(caller, time);
        return new ClassRoutes(grading)
                .routes()
                .and(new StudentRoutes(grading, forms).routes())
                .and(new PersonRoutes(grading, forms).routes())
                .and(new GradeRoutes(grading, forms).routes())
                .and(new GridRoutes(grading, forms).routes())
                .and(new CellRoutes(grading, forms).routes())
                .and(new ItemRoutes(grading, forms).routes())
                .and(new WeightRoutes(grading, forms).routes())
                .and(new SheetRoutes(grading, forms).routes());
    }
}
