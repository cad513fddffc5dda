package dev.rollcall.portal.system;

import dev.rollcall.portal.live.ServerEvent;
import dev.rollcall.portal.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the system page that change while it is open, as events. Used by one thread at a time. */
final class LiveParts {
    private static final List<String> NAMES = List.of("state", "picture", "services", "timeline");

    private final Map<String, String> last = new LinkedHashMap<>();

    List<byte[]> all(SystemView view) {
        return NAMES.stream().map(name -> event(name, html(name, view))).toList();
    }

    /** Returns the parts that changed since the last call. */
    synchronized List<byte[]> changed(SystemView view) {
        var events = new ArrayList<byte[]>();
        for (var name : NAMES) {
            var html = html(name, view);
            if (!html.equals(last.put(name, html))) {
                events.add(event(name, html));
            }
        }
        return events;
    }

    private static String html(String name, SystemView view) {
        return Pages.piece("system/" + name, view);
    }

    private static byte[] event(String name, String html) {
        return ServerEvent.bytes("part", Map.of("id", name, "html", html));
    }
}
