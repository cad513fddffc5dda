package dev.rollcall.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Parses the numbers that JSON allows and Java does not. Reads a number whose exponent is too large for a decimal, such
 * as {@code 1e99999999999}, as {@link #BEYOND_ALL_BOUNDS}, which every field's bounds reject. Accepts {@code 1.0} and
 * {@code 1E5} as whole numbers; never cuts a fraction to one.
 */
final class NumberParser extends JsonParserDelegate {
    /** The largest power of ten that a decimal holds. */
    static final BigDecimal BEYOND_ALL_BOUNDS = new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE);

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    NumberParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        try {
            return super.getDecimalValue();
        } catch (NumberFormatException e) {
            return BEYOND_ALL_BOUNDS;
        }
    }

    @Override
    public long getValueAsLong() throws IOException {
        return hasToken(JsonToken.VALUE_NUMBER_FLOAT) ? wholeNumber() : super.getValueAsLong();
    }

    @Override
    public int getValueAsInt() throws IOException {
        if (!hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            return super.getValueAsInt();
        }
        var number = wholeNumber();
        if (number != (int) number) {
            throw noWholeNumber(int.class);
        }
        return (int) number;
    }

    /** Compares before converting: writing out a large exponent takes gigabytes. */
    private long wholeNumber() throws IOException {
        var number = getDecimalValue();
        if (number.compareTo(LONG_MIN) < 0
                || number.compareTo(LONG_MAX) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw noWholeNumber(long.class);
        }
        return number.longValue();
    }

    private InputCoercionException noWholeNumber(Class<?> type) {
        return new InputCoercionException(this, "must be a whole number", JsonToken.VALUE_NUMBER_FLOAT, type);
    }
}
