package dev.kerbearer.bench;

/** To come. */
final class Micro {

    private Micro() {}

    static void measure(Report report, Options options) throws Exception {}
}
