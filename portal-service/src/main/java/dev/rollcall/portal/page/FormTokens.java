package dev.rollcall.portal.page;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hidden tokens of forms. Each is a number drawn for one showing of one form, by which a form sent twice is known,
 * and a seal by this process, by which posts of our own pages are known. Thread-safe.
 */
public final class FormTokens {
    /** The hidden field's name. */
    public static final String FIELD = "token";

    private static final String SEAL = "HmacSHA256";
    private static final int SEAL_DIGITS = 32;
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{32}");

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    /** Tokens sealed by a key drawn now. */
    public FormTokens() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, SEAL);
    }

    /** A token for a form that is shown for the first time. */
    public String fresh() {
        var number = new byte[16];
        random.nextBytes(number);
        return sealed(HexFormat.of().formatHex(number));
    }

    /** The token whose number this is. */
    public String sealed(String number) {
        return number + "." + seal(number);
    }

    /** The number of a token, sealed by whomever; empty if it isn't one. */
    public Optional<String> number(String token) {
        var dot = token.indexOf('.');
        var number = dot < 0 ? token : token.substring(0, dot);
        return NUMBER.matcher(number).matches() ? Optional.of(number) : Optional.empty();
    }

    /** Whether this process sealed it. */
    public boolean isOurs(String token) {
        return number(token)
                .filter(number -> MessageDigest.isEqual(
                        sealed(number).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private String seal(String number) {
        try {
            var mac = Mac.getInstance(SEAL);
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(number.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, SEAL_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + SEAL, e);
        }
    }
}
