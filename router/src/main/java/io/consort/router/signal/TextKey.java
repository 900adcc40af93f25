package io.consort.router.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The first 128 bits of a SHA-256 of a text and of who reads it: a text's name that does not tell it. */
record TextKey(long first, long second) {

    static TextKey of(String reader, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] id = reader.getBytes(StandardCharsets.UTF_8);
            digest.update((id.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(id);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
            return new TextKey(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String hexadecimal() {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(first) + format.toHexDigits(second);
    }
}
