package io.consort.experts;

import java.util.OptionalLong;

/**
 * A model that can answer, as its catalog describes it.
 *
 * @param id unique in its catalog; clients may name it as the model of a request
 * @param parameters how many weights it has, where known
 */
public record Expert(
        String id,
        ExpertSource source,
        OptionalLong parameters,
        Price price,
        GuardSettings guard,
        Footprint footprint,
        Limits limits) {

    /** A new expert without limits of which no footprint is known. */
    public Expert(
            String id,
            ExpertSource source,
            OptionalLong parameters,
            Price price,
            GuardSettings guard) {
        this(id, source, parameters, price, guard, Footprint.UNKNOWN, Limits.NONE);
    }

    public Expert {
        Identifier.check("experts.id", id);
        if (id.equals("auto") || id.startsWith("consort")) {
            throw new IllegalArgumentException(
                    "`experts.id` \"%s\" is reserved for routing; choose another".formatted(id));
        }
    }

    /** The same model with its answers coming from elsewhere. */
    public Expert from(ExpertSource other) {
        return new Expert(id, other, parameters, price, guard, footprint, limits);
    }
}
