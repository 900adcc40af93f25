package io.consort.service.limit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that was let in, and what it has taken. It must be settled or withdrawn; only the first
 * of both counts. Thread-safe.
 */
public final class Admission implements Verdict {

    private final Ledger ledger;
    private final Account key;
    private final Account tenant;
    private final long tokens;
    private final Moment entered;

    // Guarded by the ledger.
    private @Nullable Account expert;
    private Moment asked;
    private long reserved;
    private long usedTokens;
    private boolean over;

    Admission(Ledger ledger, Account key, Account tenant, long tokens, Moment entered) {
        this.ledger = ledger;
        this.key = key;
        this.tenant = tenant;
        this.tokens = tokens;
        this.entered = entered;
        this.asked = entered;
    }

    /**
     * Takes what a call of this expert is reckoned to take; the expert before it must have been {@link
     * #left}. Says which limit is in the way, if one is; then nothing is taken.
     */
    public Optional<Exceeded> ask(String id, long nanoUsd) {
        synchronized (ledger) {
            if (over) {
                return Optional.empty();
            }
            Moment now = ledger.moment();
            Account next = ledger.expert(id);
            Exceeded exceeded = next.enter(tokens, now);
            if (exceeded == null) {
                exceeded = next.afford(nanoUsd, now);
            }
            if (exceeded == null) {
                exceeded = key.afford(nanoUsd, now);
            }
            if (exceeded == null) {
                exceeded = tenant.afford(nanoUsd, now);
            }
            if (exceeded != null) {
                return Optional.of(exceeded);
            }
            next.take(tokens, now);
            expert = next;
            asked = now;
            reserved = nanoUsd;
            spend(next, nanoUsd, now);
            return Optional.empty();
        }
    }

    /** The expert that was asked does not answer, and took so much. */
    public void left(long tokenCount, long nanoUsd) {
        synchronized (ledger) {
            if (!over) {
                leave(tokenCount, nanoUsd, ledger.moment());
            }
        }
    }

    /** The request has ended; the expert that answered took so much. */
    public void settle(long tokenCount, long nanoUsd) {
        synchronized (ledger) {
            if (over) {
                return;
            }
            over = true;
            Moment now = ledger.moment();
            leave(tokenCount, nanoUsd, now);
            key.correct(entered, 0, usedTokens - tokens, now);
            tenant.correct(entered, 0, usedTokens - tokens, now);
            key.leave();
            tenant.leave();
        }
    }

    /** The request was turned away after all: it never counted, but for what experts took. */
    public void withdraw() {
        synchronized (ledger) {
            if (over) {
                return;
            }
            over = true;
            Moment now = ledger.moment();
            leave(0, 0, now);
            key.correct(entered, -1, usedTokens - tokens, now);
            tenant.correct(entered, -1, usedTokens - tokens, now);
            key.leave();
            tenant.leave();
        }
    }

    /** How far the limits per minute of the key and the tenant are used up. */
    public Standing standing() {
        synchronized (ledger) {
            Moment now = ledger.moment();
            return Standing.tighter(key.standing(now), tenant.standing(now));
        }
    }

    private void leave(long tokenCount, long nanoUsd, Moment now) {
        if (expert == null) {
            return;
        }
        usedTokens += tokenCount;
        expert.correct(asked, 0, tokenCount - tokens, now);
        expert.leave();
        spend(expert, nanoUsd - reserved, now);
        reserved = 0;
        expert = null;
    }

    private void spend(Account on, long nanoUsd, Moment now) {
        on.spend(asked, nanoUsd, now);
        key.spend(asked, nanoUsd, now);
        tenant.spend(asked, nanoUsd, now);
    }
}
