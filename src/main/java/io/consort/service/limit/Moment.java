package io.consort.service.limit;

import java.time.LocalDate;

/**
 * A time, with the day and month of UTC that it lies in.
 *
 * @param millis since 1970
 * @param day since 1970
 * @param month since the year 0
 */
record Moment(long millis, long day, long month) {

    private static final long DAY = 86_400_000;

    static Moment of(long millis) {
        long day = Math.floorDiv(millis, DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        return new Moment(millis, day, date.getYear() * 12L + date.getMonthValue() - 1);
    }

    /** A later or earlier time; cheap where it lies in the same day. */
    Moment at(long other) {
        if (other == millis) {
            return this;
        }
        return Math.floorDiv(other, DAY) == day ? new Moment(other, day, month) : of(other);
    }

    long untilNextDay() {
        return (day + 1) * DAY - millis;
    }

    long untilNextMonth() {
        LocalDate next = LocalDate.ofEpochDay(day).plusMonths(1).withDayOfMonth(1);
        return next.toEpochDay() * DAY - millis;
    }
}
