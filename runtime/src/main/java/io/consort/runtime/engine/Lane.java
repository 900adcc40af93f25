package io.consort.runtime.engine;

import io.consort.runtime.engine.Turn.Share;
import io.consort.runtime.model.KvCache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The sequences of one model: who waits, who holds blocks of the cache, and who computes next. Knows
 * tokens and blocks, no tensors. Confined to the engine's thread.
 *
 * <ul>
 *   <li>Sequences are admitted in order of arrival, as soon as all their tokens have room and the
 *       weights are there. What is
 *       in the cache already takes none.
 *   <li>They grow block by block. One that finds no room takes it from those whose readers pause and
 *       from later arrivals; these wait again and compute their keys and values anew. So the oldest
 *       one with a reader always goes on, and everybody's turn comes.
 *   <li>A turn holds first those that need one more token, the longest unserved ones first, then
 *       pieces of prompts as {@link PromptPieces} deals them.
 * </ul>
 */
final class Lane {

    private static final Comparator<Sequence> BY_ARRIVAL =
            Comparator.comparingLong(Sequence::ticket);
    private static final Comparator<Sequence> LONGEST_UNSERVED =
            Comparator.comparingLong(Sequence::lastTurn).thenComparing(BY_ARRIVAL);

    private final KvCache cache;
    private final EngineSettings settings;
    private final TreeMap<Long, Sequence> waiting = new TreeMap<>();
    private final List<Sequence> running = new ArrayList<>();
    private long served;
    private long load;

    Lane(KvCache cache, EngineSettings settings) {
        this.cache = cache;
        this.settings = settings;
    }

    /** Puts a sequence into the line. */
    void join(Sequence sequence) {
        waiting.put(sequence.ticket(), sequence);
    }

    /**
     * Forgets a sequence and gives its blocks back.
     *
     * @return false when it is gone already
     */
    boolean drop(Sequence sequence) {
        sequence.release();
        return running.remove(sequence) || waiting.remove(sequence.ticket(), sequence);
    }

    /** All sequences, those that hold blocks first. */
    List<Sequence> all() {
        List<Sequence> all = new ArrayList<>(running);
        all.addAll(waiting.values());
        return all;
    }

    /** Lets those in that have waited longest, as far as there is room. */
    void admit() {
        long active = running.stream().filter(Sequence::ready).count();
        for (Sequence next : List.copyOf(waiting.values())) {
            if (active >= settings.batch()) {
                return;
            }
            if (next.ready() && next.stay().granted().isPresent()) {
                follow(next.stay().granted().getAsLong());
                if (!enter(next)) {
                    return;
                }
                waiting.remove(next.ticket());
                running.add(next);
                active++;
            }
        }
    }

    /**
     * Forgets the cache when weights, and with them keys and values, have been loaded anew: since no
     * sequence held them meanwhile, none is running.
     */
    private void follow(long granted) {
        if (granted != load) {
            cache.forget();
            load = granted;
        }
    }

    /** The next pass, if there is something to compute. */
    Optional<Turn> nextTurn() {
        List<Share> shares = new ArrayList<>();
        for (Sequence sequence : sorted(LONGEST_UNSERVED)) {
            if (shares.size() < settings.batch() && mayRun(sequence) && sequence.pending() == 1) {
                claim(sequence, 1, shares);
            }
        }
        claimForPrompts(shares);
        shares.forEach(share -> share.sequence().tookTurn(++served));
        return shares.isEmpty() ? Optional.empty() : Optional.of(new Turn(shares));
    }

    int waitingCount() {
        return waiting.size();
    }

    int runningCount() {
        return running.size();
    }

    private static boolean mayRun(Sequence sequence) {
        return sequence.running() && sequence.ready();
    }

    private List<Sequence> sorted(Comparator<Sequence> order) {
        List<Sequence> sorted = new ArrayList<>(running);
        sorted.sort(order);
        return sorted;
    }

    private void claimForPrompts(List<Share> shares) {
        List<Sequence> prompts =
                sorted(BY_ARRIVAL).stream()
                        .filter(sequence -> mayRun(sequence) && sequence.pending() > 1)
                        .toList();
        prompts.forEach(Sequence::reuse);
        int[] counts =
                PromptPieces.of(
                        prompts.stream().mapToInt(Sequence::computable).toArray(),
                        settings.stepTokens() - shares.size());
        for (int i = 0; i < counts.length; i++) {
            // An earlier one may have taken its room.
            if (counts[i] > 0 && prompts.get(i).running()) {
                claim(prompts.get(i), counts[i], shares);
            }
        }
    }

    /**
     * Lets a sequence in if it finds room, with a block to grow for each that is there before it.
     */
    private boolean enter(Sequence sequence) {
        sequence.open(cache, settings.reuse());
        while (cache.freeBlocks() < missingBlocks(sequence) + running.size()) {
            Optional<Sequence> idle = newest(other -> !other.ready());
            if (idle.isEmpty()) {
                sequence.release();
                return false;
            }
            preempt(idle.get());
        }
        return sequence.kept().reserve(sequence.pending());
    }

    private static int missingBlocks(Sequence sequence) {
        return KvCache.blocksFor(sequence.length()) - KvCache.blocksFor(sequence.kept().capacity());
    }

    /** Adds a share once it has room, if need be at the cost of others. */
    private boolean claim(Sequence sequence, int count, List<Share> shares) {
        while (!sequence.kept().reserve(count)) {
            Sequence victim =
                    newest(other -> other != sequence && !other.ready())
                            .or(() -> newest(other -> other.ticket() > sequence.ticket()))
                            .orElse(sequence);
            preempt(victim);
            shares.removeIf(share -> share.sequence() == victim);
            if (victim == sequence) {
                return false;
            }
        }
        shares.add(new Share(sequence, count));
        return true;
    }

    private Optional<Sequence> newest(Predicate<Sequence> condition) {
        return running.stream().filter(condition).max(BY_ARRIVAL);
    }

    private void preempt(Sequence sequence) {
        sequence.release();
        running.remove(sequence);
        waiting.put(sequence.ticket(), sequence);
    }
}
