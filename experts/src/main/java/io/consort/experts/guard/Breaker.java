package io.consort.experts.guard;

import io.consort.experts.GuardSettings;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses attempts of an expert that fails too often. An attempt counts once, when its whole answer
 * has ended, so that a stream that breaks in the middle is a failure. Thread-safe.
 */
final class Breaker {

    private static final TypeLiteral<CompletionStage<@Nullable Void>> OUTCOME =
            new TypeLiteral<>() {};

    private final TypedGuard<CompletionStage<@Nullable Void>> guard;
    private final long delay;
    private final LongSupplier nanoTime;
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;
    private volatile long changedAt;

    /**
     * @param nanoTime a clock that only goes forward
     */
    Breaker(GuardSettings.Breaker settings, LongSupplier nanoTime) {
        this.delay = settings.delay().toNanos();
        this.nanoTime = nanoTime;
        guard =
                TypedGuard.create(OUTCOME)
                        .withCircuitBreaker()
                        .requestVolumeThreshold(settings.window())
                        .failureRatio(settings.failures())
                        .delay(settings.delay().toMillis(), ChronoUnit.MILLIS)
                        .onStateChange(this::changed)
                        .done()
                        .build();
    }

    private void changed(CircuitBreakerState next) {
        changedAt = nanoTime.getAsLong();
        state = next;
    }

    /** What it does with the next attempt: after its delay, an open breaker lets one through. */
    Circuit circuit() {
        return switch (state) {
            case CLOSED -> Circuit.CLOSED;
            case HALF_OPEN -> Circuit.HALF_OPEN;
            case OPEN ->
                    nanoTime.getAsLong() - changedAt < delay ? Circuit.OPEN : Circuit.HALF_OPEN;
        };
    }

    /** Leave to make an attempt, which must then be told its outcome; empty while open. */
    Optional<Pass> tryPass() {
        Pass pass = new Pass();
        guard.get(pass);
        return pass.admitted ? Optional.of(pass) : Optional.empty();
    }

    /** One admitted attempt. The first outcome counts. */
    final class Pass implements Supplier<CompletionStage<@Nullable Void>> {

        private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
        private boolean admitted;

        private Pass() {}

        @Override
        public CompletionStage<@Nullable Void> get() {
            admitted = true;
            return outcome;
        }

        void succeeded() {
            outcome.complete(null);
        }

        void failed(Throwable failure) {
            outcome.completeExceptionally(failure);
        }

        /**
         * Nobody waited to see how it would end. That says nothing about the expert, but a breaker
         * that let this one attempt through to learn something has learned nothing, and stays open.
         */
        void abandoned(Throwable reason) {
            if (state == CircuitBreakerState.HALF_OPEN) {
                outcome.completeExceptionally(reason);
            }
        }
    }
}
