package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import java.io.IOException;
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
                        List.of(new Failure("a", "TIMEOUT", "slow"), new Failure("b", "BUSY", "")));
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

    private static DecisionRow row(
            Optional<String> upstream, Optional<Usage> usage, List<Failure> failures) {
        return new DecisionRow(
                7,
                "tenant",
                upstream,
                "auto",
                "default",
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
