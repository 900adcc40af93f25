package io.consort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretBytesTest {

    @Test
    void base64AndHexadecimalDigitsMeanTheSame() {
        assertThat(SecretBytes.of("consort.pepper", "A".repeat(43) + "="))
                .isEqualTo(SecretBytes.of("consort.pepper", "0".repeat(64)))
                .hasSize(32);
    }

    @Test
    void whatIsNoSecretIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> SecretBytes.of("consort.pepper", "my-own-word"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`consort.pepper` must be 32 bytes")
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining("my-own-word");
    }
}
