package dev.rollcall.portal.system;

/**
 * The registry's judgement of an instance. Each has a sign of its own shape, since not everyone can tell colours apart.
 */
enum Health {
    PASSING("passing", "●"),
    SUSPECT("suspect", "▲"),
    EVICTED("evicted", "✕"),
    DRAINING("draining", "◐"),
    UNCHECKED("unchecked", "○"),
    STARTING("starting", "◇"),
    UNKNOWN("unknown", "?");

    private final String word;
    private final String sign;

    Health(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    static Health of(String word) {
        for (var health : values()) {
            if (health.word.equals(word)) {
                return health;
            }
        }
        return UNKNOWN;
    }

    /** Returns whether dependants are notified of such an instance. */
    boolean isAnnounced() {
        return this == PASSING || this == SUSPECT || this == UNCHECKED;
    }

    String word() {
        return word;
    }

    String sign() {
        return sign;
    }
}
