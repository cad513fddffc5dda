package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.Forms;
import java.time.InstantSource;

/** The teachers' pages. */
public final class GradebookPages {
    private GradebookPages() {}

    public static Routes routes(ServiceCaller caller, Forms forms, InstantSource time) {
        var grading = new GradingClient(caller, time);
        return new StudentsPageRoutes(grading)
                .routes()
                .and(new StudentPageRoutes(grading, forms).routes())
                .and(new PersonPageRoutes(grading, forms).routes())
                .and(new GradePageRoutes(grading, forms).routes())
                .and(new GridPageRoutes(grading, forms).routes())
                .and(new CellRoutes(grading, forms).routes())
                .and(new ItemPageRoutes(grading, forms).routes())
                .and(new WeightPageRoutes(grading, forms).routes())
                .and(new SheetPageRoutes(grading, forms).routes());
    }
}
