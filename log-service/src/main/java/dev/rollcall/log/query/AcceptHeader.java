package dev.rollcall.log.query;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Negotiates the format by the {@code Accept} header (RFC 9110, 12.5.1). */
final class AcceptHeader {
    private AcceptHeader() {}

    /** Returns the acceptable format of the highest quality, among equals the first declared; text if there is none. */
    static LogFormat of(String accept) {
        var ranges = Stream.of(accept.split(",", -1)).map(Range::of).toList();
        var best = LogFormat.TEXT;
        for (var format : LogFormat.values()) {
            if (quality(format, ranges) > quality(best, ranges)) {
                best = format;
            }
        }
        return best;
    }

    private static double quality(LogFormat format, List<Range> ranges) {
        return ranges.stream()
                .filter(range -> range.precisionFor(format.mediaType()) > 0)
                .max(Comparator.comparingInt(range -> range.precisionFor(format.mediaType())))
                .map(Range::quality)
                .orElse(0.0);
    }

    private record Range(String mediaType, double quality) {
        static Range of(String text) {
            var parts = text.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
            var quality = 1.0;
            for (var part : parts) {
                if (part.startsWith("q=")) {
                    quality = number(part.substring(2));
                }
            }
            return new Range(parts[0], quality);
        }

        /** Returns how exactly the range names the type: 0 if it does not match, up to 3 for the type itself. */
        int precisionFor(String type) {
            if (mediaType.equals(type)) {
                return 3;
            }
            if (mediaType.endsWith("/*") && type.startsWith(mediaType.substring(0, mediaType.length() - 1))) {
                return 2;
            }
            return mediaType.equals("*/*") ? 1 : 0;
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
