package dev.rollcall.portal.gradebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The geometry of an SVG of a student's scores in the order they were added, in percent of the points. The table of
 * grades has the same data.
 */
record Chart(List<Point> points) {
    /** The drawing's width in its own units. */
    static final int WIDTH = 640;

    static final int HEIGHT = 200;
    static final int LEFT = 40;
    static final int BOTTOM = 24;

    private static final int TOP = 10;
    private static final int SHOWN_MAX = 100;

    Chart {
        points = List.copyOf(points);
    }

    /**
     * Returns the chart of the latest 100 grades that count; empty with fewer than two. The order is that of adding,
     * since a grade's time is that of its last change.
     */
    static Optional<Chart> of(List<Grade> grades) {
        var shown = grades.stream().filter(Grade::counts).toList();
        if (shown.size() < 2) {
            return Optional.empty();
        }
        var last = shown.subList(Math.max(0, shown.size() - SHOWN_MAX), shown.size());
        var points = new ArrayList<Point>();
        for (var i = 0; i < last.size(); i++) {
            var x = LEFT + 12 + i * (WIDTH - LEFT - 24.0) / (last.size() - 1);
            points.add(new Point(number(x), number(y(last.get(i).percent())), label(last.get(i))));
        }
        return Optional.of(new Chart(points));
    }

    /** Returns the line through all points, as the {@code points} attribute of a polyline. */
    String line() {
        return points.stream().map(point -> point.x() + "," + point.y()).collect(Collectors.joining(" "));
    }

    /** Returns the y coordinate of a percentage. */
    static double y(double percent) {
        var within = Math.max(0, Math.min(100, percent));
        return TOP + (100 - within) * (HEIGHT - TOP - BOTTOM) / 100;
    }

    private static String label(Grade grade) {
        return grade.title() + ": " + grade.scoreText() + " of "
                + grade.points().toPlainString();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** One grade's position, and its tooltip. */
    record Point(String x, String y, String label) {}
}
