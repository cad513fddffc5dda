package dev.rollcall.system.testkit;

import java.io.IOException;

/** The portal's page of all students. */
public final class StudentsPage {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String KEPT = "This page shows the last known data";

    private StudentsPage() {}

    /** Returns its status; 503 also if it shows cached data because the grading service doesn't respond. */
    public static int status(String portal) throws IOException, InterruptedException {
        var page = Http.get(portal + "/students");
        return page.status() == OK && page.body().contains(KEPT) ? UNAVAILABLE : page.status();
    }
}
