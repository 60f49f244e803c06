package dev.kerbearer.windowsauth.krb5conf;

import java.lang.reflect.InvocationTargetException;

/**
 * Prints the clock skew that this JDK reads from each file. It runs in its own process, because only the command line
 * can open the internal classes of the JDK.
 */
final class AskedJdk {

    private static final int DEFAULT = 300;

    private AskedJdk() {}

    @SuppressWarnings("SystemOut") // The caller reads standard output.
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
            // Here the JDK keeps the values of the previous file. A JVM that reads this file first has the default.
            return Integer.toString(DEFAULT);
        }
        try {
            return String.valueOf(Class.forName("sun.security.krb5.internal.KerberosTime")
                    .getMethod("getDefaultSkew")
                    .invoke(null));
        } catch (InvocationTargetException faulty) {
            return "fault";
        }
    }
}
