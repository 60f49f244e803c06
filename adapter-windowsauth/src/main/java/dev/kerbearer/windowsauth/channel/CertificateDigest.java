package dev.kerbearer.windowsauth.channel;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificate digest of RFC 5929 section 4.1. It uses the hash of the certificate's own signature, or SHA-256 if
 * that hash is MD5 or SHA-1. The RFC does not define signatures without a separate hash (Ed25519); they use SHA-256, as
 * in Java and other clients.
 */
final class CertificateDigest {

    private static final String OTHERWISE = "SHA-256";
    private static final Set<String> BROKEN = Set.of("MD2", "MD5", "SHA-1");
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
    private static final Pattern DIGEST_AND_CIPHER = Pattern.compile("(.+?)WITH.+");

    private CertificateDigest() {}

    static byte[] of(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance(algorithm(certificate)).digest(certificate.getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the signature algorithm of the certificate is unknown", e);
        }
    }

    static String algorithm(X509Certificate certificate) throws GeneralSecurityException, IOException {
        if (certificate.getSigAlgOID().equals(RSASSA_PSS)) {
            return unlessBroken(digestOfPss(certificate.getSigAlgParams()));
        }
        Matcher name = DIGEST_AND_CIPHER.matcher(certificate.getSigAlgName().toUpperCase(Locale.ROOT));
        return name.matches() ? unlessBroken(asDigest(name.group(1))) : OTHERWISE;
    }

    /** Converts a hash name: signature names omit the hyphen. */
    private static String asDigest(String name) {
        return name.replaceFirst("^SHA(?=\\d+(/\\d+)?$)", "SHA-");
    }

    private static String digestOfPss(byte[] parameters) throws GeneralSecurityException, IOException {
        AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
        pss.init(parameters);
        return pss.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
    }

    private static String unlessBroken(String digest) {
        return BROKEN.contains(digest) ? OTHERWISE : digest;
    }
}
