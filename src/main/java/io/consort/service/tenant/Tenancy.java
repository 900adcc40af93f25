package io.consort.service.tenant;

import io.consort.experts.Expert;
import io.consort.experts.Price;
import io.consort.experts.chat.Usage;
import io.consort.service.roster.Roster;
import io.consort.service.training.RouterTraining;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One tenant at work with one revision of its catalog. Owns the roster and the training. It is held by
 * the {@link Tenancies} while it is live and by every lease; with the last hold it closes, on a thread
 * of its own. Thread-safe.
 */
public final class Tenancy implements AutoCloseable {

    private final String tenant;
    private final long revision;
    private final Roster roster;
    private final RouterTraining training;
    private final Map<String, Price> prices;
    private final AtomicInteger holds = new AtomicInteger(1);
    private boolean closed;

    /**
     * A tenancy that its maker holds.
     *
     * @param revision of the tenant's stored catalog; 0 for one that is not stored
     */
    public Tenancy(String tenant, long revision, Roster roster, RouterTraining training) {
        this.tenant = tenant;
        this.revision = revision;
        this.roster = roster;
        this.training = training;
        this.prices =
                roster.catalog().experts().stream()
                        .collect(Collectors.toUnmodifiableMap(Expert::id, Expert::price));
    }

    /** Whose it is. */
    public String tenant() {
        return tenant;
    }

    /** The revision of the catalog at work; 0 for one that is not stored. */
    public long revision() {
        return revision;
    }

    /** The experts that answer, and who chooses among them. Experts are asked only under a lease. */
    public Roster roster() {
        return roster;
    }

    /** Trains the router. */
    public RouterTraining training() {
        return training;
    }

    /** USD that tokens of an expert cost; nothing for what is no expert of the catalog. */
    public double cost(String expert, Usage usage) {
        return prices.getOrDefault(expert, Price.FREE)
                .of(usage.promptTokens(), usage.completionTokens());
    }

    /** Keeps the experts open; empty when they are being closed. */
    Optional<Lease> lease() {
        int before = holds.getAndUpdate(held -> held == 0 ? 0 : held + 1);
        return before == 0 ? Optional.empty() : Optional.of(new Lease(this));
    }

    /** Gives up one hold. */
    void leave() {
        if (holds.decrementAndGet() == 0) {
            var _ = Thread.ofVirtual().name("closing-" + tenant).start(this::close);
        }
    }

    /** Closes the experts, whoever still uses them; blocks until they are closed. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            training.close();
            roster.close();
        }
    }

    /** Whether the experts are closed. */
    public synchronized boolean isClosed() {
        return closed;
    }
}
