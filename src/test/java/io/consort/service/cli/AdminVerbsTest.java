package io.consort.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tenants and keys on the command line, against a running service. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class AdminVerbsTest {

    @TestHTTPResource("/")
    URI service = URI.create("http://127.0.0.1");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aKeyIsMadeListedAndRevoked() {
        assertThat(run("keys", "create", "cli-robot", "--role", "admin")).isZero();
        String key = out().strip();
        assertThat(key).startsWith("ck-").doesNotContain(" ");
        assertThat(err()).contains("cli-robot", "admin").doesNotContain(key);
        Client robot = Client.of(service, key);
        assertThat(robot.get("/admin/v1/router").status()).isEqualTo(200);

        assertThat(run("keys", "list", "--json")).isZero();
        String id = "";
        for (var each : Client.parse(out()).path("data")) {
            id = each.path("name").asText().equals("cli-robot") ? each.path("id").asText() : id;
        }
        assertThat(run("keys", "revoke", id)).isZero();
        assertThat(robot.get("/admin/v1/router").status()).isEqualTo(401);
        assertThat(run("keys")).isZero();
        assertThat(out()).contains("ID", "revoked 20", key.substring(0, 9)).doesNotContain(key);
    }

    @Test
    void aTenantIsMadeSuspendedAndRemoved() {
        assertThat(run("tenants", "create", "cli-acme", "--name", "ACME Ltd")).isZero();
        assertThat(out()).contains("cli-acme", "active", "ACME Ltd");
        assertThat(run("keys", "create", "boss", "--tenant", "cli-acme")).isZero();
        Client boss = Client.of(service, out().strip());
        assertThat(boss.get("/v1/models").status()).isEqualTo(200);
        assertThat(run("tenants", "suspend", "cli-acme")).isZero();
        assertThat(boss.get("/v1/models").status()).isEqualTo(403);
        assertThat(run("tenants", "resume", "cli-acme")).isZero();
        assertThat(boss.get("/v1/models").status()).isEqualTo(200);
        assertThat(run("tenants", "remove", "cli-acme")).isZero();
        assertThat(run("tenants", "list")).isZero();
        assertThat(out()).contains("removed");
        assertThat(run("tenants", "show", "cli-acme", "--json")).isZero();
        assertThat(Client.parse(out()).path("state").asText()).isEqualTo("removed");
    }

    @Test
    void limitsAreSetChangedAndTakenAway() {
        assertThat(run("tenants", "create", "cli-thrifty", "--limits", "usd_per_month=12.5"))
                .isZero();
        assertThat(out()).contains("LIMITS", "usd_per_month=12.5");
        assertThat(run("tenants", "limit", "cli-thrifty", "--limits", "none")).isZero();
        assertThat(out()).contains("none").doesNotContain("usd_per_month");

        String[] create = {
            "keys", "create", "slow", "--tenant", "cli-thrifty", "--limits", "concurrent=1"
        };
        assertThat(run(create)).isZero();
        String id = err().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
        assertThat(err()).contains("concurrent=1");
        String[] limit = {
            "keys", "limit", id, "--tenant", "cli-thrifty", "--limits", "requests_per_minute=3"
        };
        assertThat(run(limit)).isZero();
        assertThat(out()).contains("requests_per_minute=3").doesNotContain("concurrent");
    }

    @Test
    void limitsThatCannotBeReadAreRefused() {
        assertThat(run("keys", "create", "odd", "--limits", "many")).isEqualTo(2);
        assertThat(err()).contains("--limits", "`many`");
        assertThat(run("keys", "create", "odd", "--limits", "concurrent=lots")).isEqualTo(2);
        assertThat(err()).contains("`concurrent=lots`");
        assertThat(run("keys", "create", "odd", "--limits", "speed=3")).isEqualTo(1);
        assertThat(err()).contains("requests_per_minute");
        assertThat(run("keys", "limit", "key_1")).isEqualTo(2);
        assertThat(err()).contains("--limits");
    }

    @Test
    void whatTheServiceRefusesIsSaidInItsWords() {
        assertThat(run("tenants", "create", "default")).isEqualTo(1);
        assertThat(err()).contains("choose another `id`").doesNotContain("\tat ");
        assertThat(run("keys", "revoke", "key_0", "--tenant", "nobody at all")).isEqualTo(1);
        assertThat(err()).contains("There is no tenant");
        assertThat(run("keys", "list", "--key", "ck-wrong")).isEqualTo(1);
        assertThat(err()).contains("not known");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", service.toString()));
        if (!all.contains("--key")) {
            all.addAll(List.of("--key", Stage.key()));
        }
        return Main.run(
                all,
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
