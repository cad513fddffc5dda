package dev.rollcall.portal.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The geometry of an SVG of the running system. Each service is a box, left of those that it requires, with an arrow to
 * each. A box has a sign per instance or, with more than 12, a count per health.
 */
record TopologyDiagram(int width, int height, List<Box> boxes, List<Arrow> arrows) {
    static final int BOX_WIDTH = 190;
    static final int BOX_HEIGHT = 66;

    private static final int COLUMN = 270;
    private static final int ROW = 92;
    private static final int MARGIN = 8;
    private static final int SIGNS_MAX = 12;
    private static final int SIGN_WIDTH = 14;
    private static final int COUNT_WIDTH = 46;
    private static final int SAG = 80;

    TopologyDiagram {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    static TopologyDiagram of(List<ServiceGroup> services) {
        var columns = columns(services);
        var rows = new TreeMap<Integer, Integer>();
        var places = new HashMap<String, Box>();
        var boxes = new ArrayList<Box>();
        for (var service : services) {
            var column = columns.getOrDefault(service.name(), 0);
            var row = rows.merge(column, 1, Integer::sum) - 1;
            var box = new Box(
                    service.name(),
                    MARGIN + column * COLUMN,
                    MARGIN + row * ROW,
                    service.isMissing(),
                    service.summary(),
                    signs(service));
            boxes.add(box);
            places.put(service.name(), box);
        }
        var arrows = new ArrayList<Arrow>();
        for (var service : services) {
            for (var required : service.requires()) {
                var from = places.get(service.name());
                var to = places.get(required);
                if (from != null && to != null && !required.equals(service.name())) {
                    arrows.add(Arrow.between(from, to));
                }
            }
        }
        var width = (rows.isEmpty() ? 0 : rows.lastKey()) * COLUMN + BOX_WIDTH + 2 * MARGIN;
        var height =
                rows.values().stream().mapToInt(count -> count).max().orElse(1) * ROW - (ROW - BOX_HEIGHT) + 2 * MARGIN;
        return new TopologyDiagram(width, rows.size() > 2 ? height + SAG / 2 : height, boxes, arrows);
    }

    /** Returns each service's column: one further right than any service that requires it. */
    private static Map<String, Integer> columns(List<ServiceGroup> services) {
        var columns = new HashMap<String, Integer>();
        var byName = new HashMap<String, ServiceGroup>();
        services.forEach(service -> byName.put(service.name(), service));
        var required = new HashSet<String>();
        services.forEach(service -> required.addAll(service.requires()));
        for (var service : services) {
            if (!required.contains(service.name())) {
                place(service.name(), 0, byName, columns, new HashSet<>());
            }
        }
        // services that require each other in a cycle
        services.forEach(service -> {
            if (!columns.containsKey(service.name())) {
                place(service.name(), 0, byName, columns, new HashSet<>());
            }
        });
        return columns;
    }

    private static void place(
            String name, int column, Map<String, ServiceGroup> byName, Map<String, Integer> columns, Set<String> path) {
        var known = columns.get(name);
        if ((known != null && known >= column) || !path.add(name)) {
            return;
        }
        columns.put(name, column);
        var service = byName.get(name);
        if (service != null) {
            service.requires().forEach(next -> place(next, column + 1, byName, columns, path));
        }
        path.remove(name);
    }

    private static List<Sign> signs(ServiceGroup service) {
        var signs = new ArrayList<Sign>();
        if (service.instances().size() <= SIGNS_MAX) {
            for (var instance : service.instances()) {
                signs.add(new Sign(
                        instance.health(),
                        signs.size() * SIGN_WIDTH,
                        instance.health().sign()));
            }
        } else {
            service.counts()
                    .forEach((health, count) ->
                            signs.add(new Sign(health, signs.size() * COUNT_WIDTH, health.sign() + count)));
        }
        return signs;
    }

    /** A service. */
    record Box(String name, int x, int y, boolean isMissing, String summary, List<Sign> signs) {}

    /** An instance's health, or that of many. */
    record Sign(Health health, int x, String text) {}

    /** A requirement between two services. */
    record Arrow(String path, boolean isBroken) {
        static Arrow between(Box from, Box to) {
            var isForward = to.x() > from.x();
            var x1 = isForward ? from.x() + BOX_WIDTH : from.x();
            var x2 = isForward ? to.x() - 7 : to.x() + BOX_WIDTH + 7;
            var y1 = from.y() + BOX_HEIGHT / 2;
            var y2 = to.y() + BOX_HEIGHT / 2;
            var bend = (x2 - x1) / 2;
            // below any boxes between
            var sag = Math.abs(to.x() - from.x()) > COLUMN ? SAG : 0;
            var path = "M" + x1 + " " + y1 + "C" + (x1 + bend) + " " + (y1 + sag) + " " + (x2 - bend) + " " + (y2 + sag)
                    + " " + x2 + " " + y2;
            return new Arrow(path, to.isMissing());
        }
    }
}
