package dev.millrace.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what must not lie in the database in clear (prompts, parameters, webhook URLs and bodies): AES-256-GCM under one
 * master key, bound to a context (such as {@code job:<id>:parameters}), so that a sealed value can't be moved to another row.
 *
 * <p>Form: one version byte, 12 bytes of nonce, then cipher text with its 16-byte tag.
 */
public final class Seal {
    public static final int MASTER_KEY_BYTES = 32;
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @throws IllegalArgumentException when the master key has not 32 bytes */
    public Seal(byte[] masterKey, SecureRandom random) {
        if (masterKey.length != MASTER_KEY_BYTES) {
            throw new IllegalArgumentException("the master key must have " + MASTER_KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(masterKey, "AES");
        this.random = random;
    }

    public byte[] seal(byte[] clear, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, context, ByteBuffer.wrap(clear));
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws IllegalStateException when it was sealed with another key or context, or was altered */
    public byte[] open(byte[] sealed, String context) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        if (sealed.length < 1 + NONCE_BYTES || buffer.get() != VERSION) {
            throw new IllegalStateException("not a sealed value: " + context);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        return run(Cipher.DECRYPT_MODE, nonce, context, buffer);
    }

    private byte[] run(int mode, byte[] nonce, String context, ByteBuffer input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            byte[] rest = new byte[input.remaining()];
            input.get(rest);
            return cipher.doFinal(rest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the seal does not hold: " + context, e);
        }
    }
}
