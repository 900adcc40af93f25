package io.consort.service.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Catalog;
import io.consort.experts.chat.ChatExpert;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TenanciesTest {

    private final FakeTenancies fakes = new FakeTenancies();
    private final Tenancies tenancies = new Tenancies(fakes);

    @AfterEach
    void close() {
        tenancies.close();
        fakes.close();
    }

    @Test
    void aReplacedCatalogIsLiveAtOnceAndTheOneBeforeClosesWithItsLastLease()
            throws SQLException, InterruptedException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 1);
        Lease stream = lease("a");
        Lease other = lease("a");
        FakeExpert before = fakes.expert("one", 0);

        tenancies.replace("a", FakeTenancies.catalog("two"), 2);
        assertThat(models("a")).containsExactly("two");
        assertThat(stream.tenancy().roster().expert("one")).isSameAs(before);
        assertThat(before.isClosed()).isFalse();

        stream.close();
        stream.close();
        assertThat(stream.tenancy().isClosed()).isFalse();
        other.close();
        assertThat(before.closed().await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(fakes.expert("two", 0).isClosed()).isFalse();
    }

    @Test
    void aCatalogThatNobodyUsesClosesWhenItIsReplaced() throws SQLException, InterruptedException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 1);
        tenancies.replace("a", FakeTenancies.catalog("one"), 2);
        assertThat(fakes.expert("one", 0).closed().await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(fakes.expert("one", 1).isClosed()).isFalse();
    }

    @Test
    void tenantsHaveNothingInCommon() throws SQLException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 1);
        tenancies.replace("b", FakeTenancies.catalog("two"), 7);
        assertThat(models("a")).containsExactly("one");
        assertThat(models("b")).containsExactly("two");
        assertThat(tenancies.find("c")).isEmpty();
        assertThat(tenancies.lease("c")).isEmpty();
    }

    @Test
    void aRevisionThatIsNotNewerChangesNothing() throws SQLException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 5);
        tenancies.replace("a", FakeTenancies.catalog("two"), 5);
        tenancies.replace("a", FakeTenancies.catalog("two"), 4);
        assertThat(models("a")).containsExactly("one");
    }

    @Test
    void aCatalogThatDoesNotOpenLeavesTheOneBefore() throws SQLException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 1);
        Catalog broken = FakeTenancies.catalog(FakeTenancies.BROKEN);
        assertThatThrownBy(() -> tenancies.replace("a", broken, 2))
                .isInstanceOf(IllegalStateException.class);
        assertThat(models("a")).containsExactly("one");
        tenancies.replace("a", FakeTenancies.catalog("two"), 2);
        assertThat(models("a")).containsExactly("two");
    }

    @Test
    void aCatalogWithoutConsentLeavesTheOneBeforeAndClosesWhatItOpened() throws SQLException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 1);
        assertThat(tenancies.replace("a", FakeTenancies.catalog("two"), 2, () -> false)).isFalse();
        assertThatThrownBy(() ->
                        tenancies.replace(
                                "a",
                                FakeTenancies.catalog("two"),
                                2,
                                () -> {
                                    throw new SQLException("gone");
                                }))
                .hasMessage("gone");
        assertThat(models("a")).containsExactly("one");
        assertThat(fakes.expert("two", 0).isClosed()).isTrue();
        assertThat(fakes.expert("two", 1).isClosed()).isTrue();
        assertThat(tenancies.replace("a", FakeTenancies.catalog("two"), 2, () -> true)).isTrue();
        assertThat(models("a")).containsExactly("two");
    }

    @Test
    void aRemovedTenantIsGoneWhenItsLastCallHasEnded() throws SQLException, InterruptedException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 3);
        Lease stream = lease("a");
        tenancies.remove("a");
        tenancies.remove("nobody");
        assertThat(tenancies.find("a")).isEmpty();
        assertThat(fakes.expert("one", 0).isClosed()).isFalse();
        stream.close();
        assertThat(fakes.expert("one", 0).closed().await(30, TimeUnit.SECONDS)).isTrue();
        tenancies.replace("a", FakeTenancies.catalog("two"), 1);
        assertThat(models("a")).containsExactly("two");
    }

    @Test
    void theEndOfTheServiceClosesWhatIsStillInUse() throws SQLException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 1);
        Lease old = lease("a");
        tenancies.replace("a", FakeTenancies.catalog("two"), 2);
        Lease live = lease("a");
        tenancies.close();
        assertThat(fakes.expert("one", 0).isClosed()).isTrue();
        assertThat(fakes.expert("two", 0).isClosed()).isTrue();
        old.close();
        live.close();
    }

    @Test
    void noCallEverFindsItsExpertsClosed()
            throws SQLException, InterruptedException, ExecutionException {
        tenancies.replace("a", FakeTenancies.catalog("one"), 1);
        AtomicBoolean going = new AtomicBoolean(true);
        List<Future<Long>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                callers.add(threads.submit(() -> call(going)));
            }
            for (int revision = 2; revision <= 300; revision++) {
                tenancies.replace("a", FakeTenancies.catalog("one"), revision);
            }
            going.set(false);
            for (Future<Long> caller : callers) {
                assertThat(caller.get()).isPositive();
            }
        }
        for (int i = 0; i < 299; i++) {
            assertThat(fakes.expert("one", i).closed().await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(fakes.expert("one", 299).isClosed()).isFalse();
    }

    private long call(AtomicBoolean going) {
        long calls = 0;
        while (going.get()) {
            try (Lease lease = lease("a")) {
                ChatExpert expert = lease.tenancy().roster().expert("one");
                if (((FakeExpert) expert).isClosed()) {
                    throw new AssertionError("closed under a lease");
                }
                calls++;
            }
        }
        return calls;
    }

    private Lease lease(String tenant) {
        return tenancies.lease(tenant).orElseThrow();
    }

    private Iterable<String> models(String tenant) {
        return tenancies.find(tenant).orElseThrow().roster().models();
    }
}
