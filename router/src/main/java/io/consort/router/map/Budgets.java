package io.consort.router.map;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Upper limits on what a map uses. Immutable.
 *
 * @param limits in each measure's unit, 0 or more; a measure that is absent is not limited
 */
public record Budgets(Map<Measure, Double> limits) {

    /** No limit at all. */
    public static final Budgets NONE = new Budgets(Map.of());

    public Budgets {
        limits.forEach((measure, limit) -> {
            if (!(limit >= 0)) {
                throw new IllegalArgumentException(
                        "the budget `%s` must be 0 or more %s, not %s"
                                .formatted(measure.label(), measure.unit(), limit));
            }
        });
        limits = Map.copyOf(limits);
    }

    /** The limit on a measure, where there is one. */
    public Optional<Double> limit(Measure measure) {
        return Optional.ofNullable(limits.get(measure));
    }

    /** The same with one limit set. */
    public Budgets with(Measure measure, double limit) {
        Map<Measure, Double> changed = new EnumMap<>(Measure.class);
        changed.putAll(limits);
        changed.put(measure, limit);
        return new Budgets(changed);
    }

    /** The same with one limit lifted. */
    public Budgets without(Measure measure) {
        Map<Measure, Double> changed = new EnumMap<>(Measure.class);
        changed.putAll(limits);
        changed.remove(measure);
        return new Budgets(changed);
    }
}
