package io.consort.service.api.tenants;

import io.consort.service.api.ApiException;
import io.consort.service.api.Call;
import io.consort.service.store.Ids;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what follows the question mark of a call's path. */
final class Query {

    private static final int USUAL = 50;
    private static final int MOST = 1_000;

    private Query() {}

    /** How many entries are wanted. */
    static int limit(Call call) {
        Optional<String> given = value(call, "limit");
        if (given.isEmpty()) {
            return USUAL;
        }
        OptionalLong limit = number(given.get());
        if (limit.isEmpty() || limit.getAsLong() < 1 || limit.getAsLong() > MOST) {
            throw ApiException.invalid(
                    "limit", "`limit` must be a number from 1 to %d.".formatted(MOST));
        }
        return (int) limit.getAsLong();
    }

    /** The number that entries are to be smaller than. */
    static long before(Call call) {
        Optional<String> given = value(call, "before");
        if (given.isEmpty()) {
            return Long.MAX_VALUE;
        }
        OptionalLong own = Ids.parse(given.get());
        OptionalLong before = own.isPresent() ? own : number(given.get());
        return before.orElseThrow(() ->
                ApiException.invalid(
                        "before", "`before` must be the `id` of an entry of the last page."));
    }

    /** A day, as in 2026-01-31. */
    static LocalDate day(Call call, String name, LocalDate otherwise) {
        Optional<String> given = value(call, name);
        try {
            return given.map(LocalDate::parse).orElse(otherwise);
        } catch (DateTimeParseException malformed) {
            throw ApiException.invalid(
                    name, "`%s` must be a day, as in 2026-01-31.".formatted(name));
        }
    }

    /** The value of a parameter. */
    static Optional<String> value(Call call, String name) {
        return Optional.ofNullable(call.http().request().getParam(name));
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException malformed) {
            return OptionalLong.empty();
        }
    }
}
