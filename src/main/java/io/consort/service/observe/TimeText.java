package io.consort.service.observe;

import java.time.Instant;

/**
 * Writes times in UTC to the millisecond, as {@code 2026-11-26T12:00:00.123Z}. The text of a second is
 * made once for all its lines. Thread-safe.
 */
final class TimeText {

    private volatile Second latest = new Second(0, text(0));

    private record Second(long epoch, String text) {}

    /** The text of a time. */
    String of(Instant time) {
        long epoch = time.getEpochSecond();
        Second second = latest;
        if (second.epoch() != epoch) {
            second = new Second(epoch, text(epoch));
            latest = second;
        }
        int millis = time.getNano() / 1_000_000;
        return second.text()
                + '.'
                + (char) ('0' + millis / 100)
                + (char) ('0' + millis / 10 % 10)
                + (char) ('0' + millis % 10)
                + 'Z';
    }

    /** Without the letter that ends it. */
    private static String text(long epoch) {
        String whole = Instant.ofEpochSecond(epoch).toString();
        return whole.substring(0, whole.length() - 1);
    }
}
