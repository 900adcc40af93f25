package io.consort.service;

import java.util.Base64;
import java.util.HexFormat;

/** Secrets as they are configured. */
final class SecretBytes {

    private static final int COUNT = 32;

    private SecretBytes() {}

    /**
     * The bytes of a configured secret.
     *
     * @throws IllegalArgumentException naming the setting, and not the secret, when it is none
     */
    static byte[] of(String setting, String text) {
        try {
            byte[] secret =
                    text.length() == 2 * COUNT
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text);
            if (secret.length == COUNT) {
                return secret;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, without the secret.
        }
        throw new IllegalArgumentException(
                "`%s` must be %d bytes in Base64 or hexadecimal digits; make one with `openssl rand -base64 %d`"
                        .formatted(setting, COUNT, COUNT));
    }
}
