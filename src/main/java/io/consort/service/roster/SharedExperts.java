package io.consort.service.roster;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.Whereabouts;
import io.consort.experts.guard.GuardedExpert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Opens an expert of a tenant once, however many revisions of its catalog describe it: while its id
 * and source stay, so do its connections, its loaded weights and what its guard has seen of it, and
 * only the guard's settings change. Thread-safe.
 */
public final class SharedExperts {

    private final BiFunction<String, Expert, ChatExpert> opener;
    private final Map<Place, Shared> open = new HashMap<>();

    private record Place(String tenant, String id, ExpertSource source) {}

    /** An open expert and who holds it, the newest last; guarded by the map. */
    private record Shared(GuardedExpert expert, List<Hold> holds) {}

    /** Experts that this opens, given the tenant and what its catalog says. */
    public SharedExperts(BiFunction<String, Expert, ChatExpert> opener) {
        this.opener = opener;
    }

    /** The expert with these settings; it is closed with the last of those that were given out. */
    public ChatExpert open(String tenant, Expert described) {
        Place place = new Place(tenant, described.id(), described.source());
        synchronized (open) {
            Shared shared = open.get(place);
            if (shared == null) {
                ChatExpert opened = opener.apply(tenant, described);
                if (!(opened instanceof GuardedExpert guarded)) {
                    return opened;
                }
                shared = new Shared(guarded, new ArrayList<>());
                open.put(place, shared);
            }
            Hold hold = new Hold(place, shared.expert(), described.guard());
            shared.holds().add(hold);
            shared.expert().adjust(described.guard());
            return hold;
        }
    }

    /** One catalog's hold of an expert. */
    final class Hold implements ChatExpert {

        private final Place place;
        private final GuardedExpert expert;
        private final GuardSettings settings;

        private Hold(Place place, GuardedExpert expert, GuardSettings settings) {
            this.place = place;
            this.expert = expert;
            this.settings = settings;
        }

        GuardedExpert guarded() {
            return expert;
        }

        @Override
        public String id() {
            return expert.id();
        }

        @Override
        public CompletionStage<Answer> open(ChatCall call) {
            return expert.open(call);
        }

        @Override
        public Optional<Whereabouts> whereabouts() {
            return expert.whereabouts();
        }

        @Override
        public void foresee(double probability) {
            expert.foresee(probability);
        }

        @Override
        public void close() {
            synchronized (open) {
                Shared shared = open.get(place);
                if (shared == null || !shared.holds().remove(this)) {
                    return;
                }
                if (!shared.holds().isEmpty()) {
                    shared.expert().adjust(shared.holds().getLast().settings);
                    return;
                }
                open.remove(place);
            }
            expert.close();
        }
    }
}
