package dev.kerbearer.windowsauth.krb5conf;

import java.lang.reflect.InvocationTargetException;

/**
 * Says which clock skew this JDK takes from each of some files, in a process of its own, since the classes that know are
 * opened to it by its command line only.
 */
final class AskedJdk {

    private static final int DEFAULT = 300;

    private AskedJdk() {}

    @SuppressWarnings("SystemOut") // It is how it answers.
    public static void main(String... files) throws ReflectiveOperationException {
        for (String file : files) {
            System.setProperty("java.security.krb5.conf", file);
            System.out.println(skew());
        }
    }

    private static String skew() throws ReflectiveOperationException {
        try {
            Class.forName("sun.security.krb5.Config").getMethod("refresh").invoke(null);
        } catch (InvocationTargetException unreadable) {
            // The file before would stay in force, but whoever reads this one first gets none.
            return Integer.toString(DEFAULT);
        }
        try {
            return String.valueOf(Class.forName("sun.security.krb5.internal.KerberosTime")
                    .getMethod("getDefaultSkew")
                    .invoke(null));
        } catch (InvocationTargetException nobodyGetsIn) {
            return "fault";
        }
    }
}
