package io.consort.service.limit;

import io.consort.experts.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * What one tenant, its keys and its experts have taken, and may take. A request takes from all of
 * them or from none. What it will take is reckoned when it comes, taken at once, and put right when
 * it ends. Thread-safe: every call holds one lock, for well under a microsecond.
 */
public final class Ledger {

    private final String tenant;
    private final LimitCounters shares;
    private final LongSupplier millis;

    // Guarded by this.
    private final Account own;
    private final Map<String, Account> keys = new HashMap<>();
    private final Map<String, Account> experts = new HashMap<>();
    private Moment now = Moment.of(0);

    /**
     * Nobody has taken anything, and nothing is limited.
     *
     * @param millis since 1970
     */
    public Ledger(String tenant, LimitCounters shares, LongSupplier millis) {
        this.tenant = tenant;
        this.shares = shares;
        this.millis = millis;
        own = new Account(tenant, Holder.TENANT, tenant, shares);
    }

    /**
     * Changes the limits of the tenant and its keys; a key that is not named has none from now on.
     * What was taken stays taken.
     */
    public synchronized void limit(Limits tenantLimits, Map<String, Limits> keyLimits) {
        own.limit(tenantLimits);
        limit(Holder.KEY, keys, keyLimits);
    }

    /** Changes the limits of all experts likewise. */
    public synchronized void limitExperts(Map<String, Limits> expertLimits) {
        limit(Holder.EXPERT, experts, expertLimits);
    }

    private void limit(Holder holder, Map<String, Account> accounts, Map<String, Limits> limits) {
        limits.keySet().forEach(name -> account(holder, accounts, name));
        accounts.forEach((name, account) -> account.limit(limits.getOrDefault(name, Limits.NONE)));
    }

    /** Adds what was spent, on this day and in this month, before this process began. */
    public synchronized void spentBefore(
            Holder holder, String name, long dayNanoUsd, long monthNanoUsd) {
        account(holder, name).spentBefore(dayNanoUsd, monthNanoUsd, moment());
    }

    /**
     * Lets a request of this key in, if the key and the tenant may.
     *
     * @param tokens that it is reckoned to read and write
     */
    public synchronized Verdict admit(String key, long tokens) {
        Account caller = account(Holder.KEY, keys, key);
        Moment at = moment();
        Exceeded exceeded = caller.enter(tokens, at);
        if (exceeded == null) {
            exceeded = own.enter(tokens, at);
        }
        if (exceeded != null) {
            return exceeded;
        }
        caller.take(tokens, at);
        own.take(tokens, at);
        return new Admission(this, caller, own, tokens, at);
    }

    /** Tells what is taken under each limit and what is spent, for other nodes to know. */
    public synchronized void tell(ObjLongConsumer<Counter> told) {
        Moment at = moment();
        own.tell(told, at);
        keys.values().forEach(account -> account.tell(told, at));
        experts.values().forEach(account -> account.tell(told, at));
    }

    /** The account of an expert. With the lock held. */
    Account expert(String id) {
        return account(Holder.EXPERT, experts, id);
    }

    /** The present time. With the lock held. */
    Moment moment() {
        now = now.at(millis.getAsLong());
        return now;
    }

    private Account account(Holder holder, String name) {
        return switch (holder) {
            case TENANT -> own;
            case KEY -> account(holder, keys, name);
            case EXPERT -> account(holder, experts, name);
        };
    }

    private Account account(Holder holder, Map<String, Account> accounts, String name) {
        Account known = accounts.get(name);
        if (known == null) {
            known = new Account(tenant, holder, name, shares);
            accounts.put(name, known);
        }
        return known;
    }
}
