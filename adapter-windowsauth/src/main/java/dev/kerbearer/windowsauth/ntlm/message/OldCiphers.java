package dev.kerbearer.windowsauth.ntlm.message;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/** The old ciphers and hashes that NTLM uses. */
public final class OldCiphers {

    private OldCiphers() {}

    /** Returns the HMAC-MD5 of the concatenated parts. */
    static byte[] hmacMd5(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no HMAC-MD5, which NTLM needs", e);
        }
    }

    static byte[] md5(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** Returns the MD4 digest (RFC 1320), which the JDK lacks. */
    static byte[] md4(byte[] message) {
        MD4Digest md4 = new MD4Digest();
        md4.update(message, 0, message.length);
        byte[] digest = new byte[md4.getDigestSize()];
        md4.doFinal(digest, 0);
        return digest;
    }

    public static byte[] rc4(byte[] key, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("RC4");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "RC4"));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no RC4, which NTLM needs", e);
        }
    }
}
