package io.consort.router.policy;

import io.consort.experts.chat.Whereabouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where weights are at the moment of a decision. Immutable: the same view gives the same decision.
 *
 * @param known by expert; whoever is not named has no weights that would have to be brought
 */
public record Residency(Map<String, Whereabouts> known) {

    /** Nobody's weights have to be brought. */
    public static final Residency NONE = new Residency(Map.of());

    public Residency {
        known = Map.copyOf(known);
    }

    /** Seconds until an expert's weights are on the device. */
    double seconds(String expert) {
        Whereabouts whereabouts = known.get(expert);
        return whereabouts == null ? 0 : whereabouts.secondsToDevice();
    }

    /** Those whose weights are there within a time first; otherwise in the order given. */
    List<String> nearestFirst(List<String> ranked, Duration within) {
        List<String> near = new ArrayList<>(ranked);
        near.removeAll(far(ranked, within));
        near.addAll(far(ranked, within));
        return near;
    }

    /** Those whose weights take longer than that. */
    List<String> far(List<String> ranked, Duration within) {
        double most = within.toNanos() / 1e9;
        return ranked.stream().filter(expert -> seconds(expert) > most).toList();
    }

    /** Where an expert's weights are, in a sentence. */
    public Optional<String> sentence(String expert) {
        return Optional.ofNullable(known.get(expert))
                .map(whereabouts ->
                        switch (whereabouts.place()) {
                            case DEVICE -> "The weights of %s are on the device.".formatted(expert);
                            case HOST -> away(expert, "in host memory", whereabouts);
                            case FILE -> away(expert, "in its file", whereabouts);
                        });
    }

    private static String away(String expert, String place, Whereabouts whereabouts) {
        return "The weights of %s are %s, %s from the device%s."
                .formatted(
                        expert,
                        place,
                        Words.seconds(whereabouts.secondsToDevice()),
                        whereabouts.moving() ? ", and on their way" : "");
    }
}
