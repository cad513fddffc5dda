package dev.rollcall.grading.store;

/** The encoding of texts in the tables. */
enum StoredText {
    /** Unchanged. */
    PLAIN,
    /** Escapes U+0000, which PostgreSQL can't store, with U+0001 as the escape character. */
    WITHOUT_NUL;

    private static final char MARK = '\u0001';

    String toTable(String text) {
        if (this == PLAIN || (text.indexOf('\0') < 0 && text.indexOf(MARK) < 0)) {
            return text;
        }
        return text.replace("\u0001", "\u00011").replace("\0", "\u00010");
    }

    String fromTable(String text) {
        if (this == PLAIN || text.indexOf(MARK) < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == MARK && i + 1 < text.length()) {
                i++;
                plain.append(text.charAt(i) == '0' ? '\0' : MARK);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
