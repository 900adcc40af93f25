package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowCodecTest {

    @Test
    void aRowComesBackAsItWas() throws IOException {
        DecisionRow full =
                row(
                        Optional.of("chatcmpl-\u4e2d\ud83d\ude00"),
                        Optional.of(new Usage(3, 4_000_000_000L)),
                        List.of(
                                new Failure("a", "TIMEOUT", "slow"),
                                new Failure(
                                        "b",
                                        Failure.UNSURE,
                                        "",
                                        Optional.of(new Usage(1, 2)),
                                        0.5)));
        DecisionRow bare = row(Optional.empty(), Optional.empty(), List.of());
        assertThat(RowCodec.decode(RowCodec.encode(full))).isEqualTo(full);
        assertThat(RowCodec.decode(RowCodec.encode(bare))).isEqualTo(bare);
    }

    @Test
    void aRowOfAnUnknownVersionIsRefusedByItsNumber() {
        byte[] bytes = RowCodec.encode(row(Optional.empty(), Optional.empty(), List.of()));
        bytes[0] = 99;
        assertThatThrownBy(() -> RowCodec.decode(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("version 99 is not known");
    }

    /** A row of one expert that failed, in the first format. */
    @Test
    void aRowOfTheVersionBeforeIsStillRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeLong(7);
            text(out, "tenant");
            out.writeBoolean(false);
            for (String text : List.of("", "auto", "default", "none")) {
                text(out, text);
            }
            out.writeDouble(0.25);
            out.writeDouble(1);
            text(out, "plain");
            text(out, "BROKEN");
            out.writeBoolean(false);
            out.write(new byte[16]);
            out.writeDouble(0.001);
            for (long micros : new long[] {10, 20, 30}) {
                out.writeLong(micros);
            }
            out.writeInt(1);
            for (String text : List.of("a", "TIMEOUT", "slow")) {
                text(out, text);
            }
        }
        DecisionRow row = RowCodec.decode(bytes.toByteArray());
        assertThat(row.policyVersion()).isEmpty();
        assertThat(row.totalMicros()).isEqualTo(30);
        assertThat(row.failures()).containsExactly(new Failure("a", "TIMEOUT", "slow"));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static DecisionRow row(
            Optional<String> upstream, Optional<Usage> usage, List<Failure> failures) {
        return new DecisionRow(
                7,
                "tenant",
                5,
                upstream,
                "auto",
                "default",
                "0123456789ab",
                "none",
                0.25,
                1,
                "plain",
                Outcome.BROKEN,
                usage,
                0.001,
                10,
                20,
                30,
                failures);
    }
}
