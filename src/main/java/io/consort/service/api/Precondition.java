package io.consort.service.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Which live revision of a catalog a request wants to see or to follow, as its headers say. */
final class Precondition {

    private Precondition() {}

    /** The entity tag of a revision. */
    static String tag(long revision) {
        return "\"%d\"".formatted(revision);
    }

    /**
     * The revisions that a change follows; 0 stands for none.
     *
     * @throws ApiException 428 when the request does not say
     */
    static LongPredicate ofChange(HttpServerRequest request) {
        @Nullable String match = request.getHeader("if-match");
        if (match != null) {
            return match.strip().equals("*") ? head -> head > 0 : tags("if-match", match)::contains;
        }
        if (isAny(request.getHeader("if-none-match"))) {
            return head -> head == 0;
        }
        throw new ApiException(
                ApiError.of(
                        428,
                        ApiError.INVALID_REQUEST,
                        "precondition_required",
                        "Send `If-Match` with the ETag that GET gave, so that nobody's change is lost;"
                                + " for a tenant's first catalog send `If-None-Match: *`."));
    }

    /** The same for a look at a change, which may follow anything where the request does not say. */
    static LongPredicate ofPreview(HttpServerRequest request) {
        return request.getHeader("if-match") == null && request.getHeader("if-none-match") == null
                ? _ -> true
                : ofChange(request);
    }

    /** Whether the caller has this revision already. */
    static boolean isKnown(HttpServerRequest request, long revision) {
        @Nullable String known = request.getHeader("if-none-match");
        return known != null && (isAny(known) || known.contains(tag(revision)));
    }

    private static boolean isAny(@Nullable String header) {
        return header != null && header.strip().equals("*");
    }

    private static Set<Long> tags(String header, String text) {
        Set<Long> tags = new HashSet<>();
        for (String tag : text.split(",", -1)) {
            String number = tag.strip();
            if (number.length() > 2 && number.startsWith("\"") && number.endsWith("\"")) {
                number = number.substring(1, number.length() - 1);
            }
            try {
                tags.add(Long.parseLong(number));
            } catch (NumberFormatException malformed) {
                throw ApiException.invalid(
                        header,
                        "`%s` must be the ETag that GET gave, such as \"7\" in its quotes."
                                .formatted(header));
            }
        }
        return tags;
    }
}
