package io.consort.runtime.local;

import io.consort.runtime.backend.DeviceFailure;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.engine.Residence;
import io.consort.runtime.engine.Stay;
import io.consort.runtime.tiers.Lease;
import io.consort.runtime.tiers.Tier;
import io.consort.runtime.tiers.TierException;
import io.consort.runtime.tiers.Tiers;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Weights that tiers lend: every sequence has a lease of its own, so requests wait in groups by model. */
record TieredResidence(Tiers tiers, String model) implements Residence {

    @Override
    public Stay ask(Runnable changed) {
        return new Leasing(tiers.acquire(model), changed);
    }

    @Override
    public boolean isWhole() {
        return tiers.residency()
                .of(model)
                .filter(standing -> standing.tier() == Tier.DEVICE)
                .isPresent();
    }

    @Override
    public Reason failed(Throwable cause) {
        Reason reason = Reason.MODEL_FAILED;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (next instanceof DeviceFailure failure && next instanceof RuntimeException lost) {
                if (failure.isDeviceLost()) {
                    tiers.lose(lost);
                }
                reason = Reason.NO_WEIGHTS;
            } else if (next instanceof TierException) {
                reason = Reason.NO_WEIGHTS;
            }
        }
        return reason;
    }

    /** A lease, or the request for it. */
    private static final class Leasing implements Stay {

        private final CompletableFuture<Lease> future;
        private volatile OptionalLong granted = OptionalLong.empty();
        private volatile Optional<EngineException> refused = Optional.empty();

        @SuppressWarnings("FutureReturnValueIgnored") // The future itself is kept.
        Leasing(CompletableFuture<Lease> future, Runnable changed) {
            this.future = future;
            future.whenComplete((lease, failure) -> {
                if (lease != null) {
                    granted = OptionalLong.of(lease.load());
                } else {
                    refused =
                            Optional.of(
                                    new EngineException(
                                            Reason.NO_WEIGHTS,
                                            String.valueOf(failure.getMessage())));
                }
                changed.run();
            });
        }

        @Override
        public OptionalLong granted() {
            return granted;
        }

        @Override
        public Optional<EngineException> refused() {
            return refused;
        }

        @Override
        public void close() {
            future.cancel(false);
            if (!future.isCompletedExceptionally()) {
                future.join().close();
            }
        }
    }
}
