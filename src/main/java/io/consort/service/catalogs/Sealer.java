package io.consort.service.catalogs;

import io.consort.experts.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts secrets with AES-256-GCM. Each tenant has keys of its own, derived from the master key with
 * HKDF-SHA256, and each secret is bound to its place. Thread-safe.
 */
public final class Sealer {

    /** Bytes of a master key. */
    public static final int MASTER_BYTES = 32;

    private static final String VERSION = "1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FINGERPRINT_BYTES = 8;

    private final byte[] master;
    private final SecureRandom random;

    /**
     * A secret that can be kept.
     *
     * @param fingerprint equal for equal secrets of one place, and tells nothing else of them
     * @param text what only the sealer can open
     */
    public record Sealed(String fingerprint, String text) {}

    /**
     * A sealer.
     *
     * @param master {@value #MASTER_BYTES} bytes
     * @throws IllegalArgumentException for a master key of another length
     */
    public Sealer(byte[] master, SecureRandom random) {
        if (master.length != MASTER_BYTES) {
            throw new IllegalArgumentException(
                    "the master key must have %d bytes, not %d"
                            .formatted(MASTER_BYTES, master.length));
        }
        this.master = master.clone();
        this.random = random;
    }

    /** Seals the secret of a place. */
    public Sealed seal(String tenant, SecretPlace place, Secret secret) {
        byte[] plain = secret.value().getBytes(StandardCharsets.UTF_8);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, tenant, place, nonce);
            byte[] closed = cipher.doFinal(plain);
            byte[] whole =
                    ByteBuffer.allocate(nonce.length + closed.length)
                            .put(nonce)
                            .put(closed)
                            .array();
            return new Sealed(
                    fingerprint(tenant, place, plain),
                    VERSION + Base64.getEncoder().withoutPadding().encodeToString(whole));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM and HKDF", impossible);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The secret; empty where it was sealed for another place or with another master key. */
    public Optional<Secret> open(String tenant, SecretPlace place, String sealed) {
        try {
            ByteBuffer whole =
                    ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(VERSION.length())));
            byte[] nonce = new byte[NONCE_BYTES];
            whole.get(nonce);
            byte[] closed = new byte[whole.remaining()];
            whole.get(closed);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, tenant, place, nonce).doFinal(closed);
            return Optional.of(new Secret(new String(plain, StandardCharsets.UTF_8)));
        } catch (AEADBadTagException foreign) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM and HKDF", impossible);
        }
    }

    private Cipher cipher(int mode, String tenant, SecretPlace place, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key("AES", "seal", tenant), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.binding(tenant));
        return cipher;
    }

    private String fingerprint(String tenant, SecretPlace place, byte[] plain)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key("HmacSHA256", "fingerprint", tenant));
        mac.update(place.binding(tenant));
        mac.update((byte) 0);
        return HexFormat.of().formatHex(mac.doFinal(plain), 0, FINGERPRINT_BYTES);
    }

    private SecretKey key(String algorithm, String use, String tenant)
            throws GeneralSecurityException {
        byte[] info = "consort %s %s".formatted(use, tenant).getBytes(StandardCharsets.UTF_8);
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        algorithm,
                        HKDFParameterSpec.ofExtract()
                                .addIKM(master)
                                .thenExpand(info, MASTER_BYTES));
    }
}
