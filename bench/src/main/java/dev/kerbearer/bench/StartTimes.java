package dev.kerbearer.bench;

/** To come. */
final class StartTimes {

    private StartTimes() {}

    static void measure(Report report, Options options) throws Exception {}
}
