package io.consort.service.cluster;

import io.consort.service.limit.Counter;
import io.consort.service.limit.Ledgers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells other nodes many times a second what is taken here, and hears what is taken there. */
public final class CounterExchange implements AutoCloseable {

    /** Between two reports. */
    public static final Duration PAUSE = Duration.ofMillis(40);

    private static final Logger LOG = Logger.getLogger(CounterExchange.class.getName());

    private final SharedCounters counters;
    private final Ledgers ledgers;
    private final Channel channel;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("cluster-counters").factory());

    private CounterExchange(SharedCounters counters, Ledgers ledgers, Channel channel) {
        this.counters = counters;
        this.ledgers = ledgers;
        this.channel = channel;
    }

    /** Begins, before the first request of this node. */
    public static CounterExchange start(
            SharedCounters counters, Ledgers ledgers, Channel channel, Duration pause) {
        CounterExchange exchange = new CounterExchange(counters, ledgers, channel);
        channel.receive(message -> counters.receive(Report.decode(message)));
        var _ =
                exchange.clockwork.scheduleAtFixedRate(
                        exchange::tell, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
        return exchange;
    }

    /** Says farewell; nothing may be taken afterwards. */
    @Override
    public void close() {
        clockwork.shutdownNow();
        channel.send(counters.tell(taken(ledgers), true).encode());
    }

    /** Never throws: what is scheduled would not come again. */
    private void tell() {
        try {
            channel.send(counters.tell(taken(ledgers), false).encode());
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "Other nodes do not hear what is taken here", defect);
        }
    }

    /** What is taken here, of every counter that is not 0. */
    static Map<Counter, Long> taken(Ledgers ledgers) {
        Map<Counter, Long> all = new HashMap<>();
        ledgers.all()
                .forEach(ledger ->
                        ledger.tell((counter, taken) -> {
                            if (taken != 0) {
                                all.put(counter, taken);
                            }
                        }));
        return all;
    }
}
