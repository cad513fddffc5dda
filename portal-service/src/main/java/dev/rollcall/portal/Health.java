package dev.rollcall.portal;

/**
 * What the registry thinks of an instance. Each has a sign of its own shape, since colours alone don't tell everybody.
 */
enum Health {
    PASSING("passing", "●"),
    SUSPECT("suspect", "▲"),
    EVICTED("evicted", "✕"),
    DRAINING("draining", "◐"),
    UNCHECKED("unchecked", "○"),
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

    String word() {
        return word;
    }

    String sign() {
        return sign;
    }
}
