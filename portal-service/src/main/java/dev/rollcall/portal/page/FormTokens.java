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
 * The hidden tokens of forms. A token is a random number and this process's signature of it. The number identifies a
 * form that is sent twice; the signature proves that our own page sent it. Thread-safe.
 */
public final class FormTokens {
    public static final String FIELD = "token";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_DIGITS = 32;
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{32}");

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    /** Creates tokens with a new random key. */
    public FormTokens() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Returns a token for a form that is shown for the first time. */
    public String create() {
        var number = new byte[16];
        random.nextBytes(number);
        return sign(HexFormat.of().formatHex(number));
    }

    /** Returns the token with this number. */
    public String sign(String number) {
        return number + "." + signature(number);
    }

    /** Returns the number of a token without checking the signature; empty if it is malformed. */
    public Optional<String> number(String token) {
        var dot = token.indexOf('.');
        var number = dot < 0 ? token : token.substring(0, dot);
        return NUMBER.matcher(number).matches() ? Optional.of(number) : Optional.empty();
    }

    /** Returns whether this process signed the token. */
    public boolean isValid(String token) {
        return number(token)
                .filter(number -> MessageDigest.isEqual(
                        sign(number).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private String signature(String number) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(number.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, SIGNATURE_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
