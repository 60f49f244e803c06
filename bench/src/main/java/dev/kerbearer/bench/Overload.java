package dev.kerbearer.bench;

/** To come. */
final class Overload {

    private Overload() {}

    static void measure(Report report, Options options) throws Exception {}
}
