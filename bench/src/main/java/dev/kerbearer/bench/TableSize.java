package dev.kerbearer.bench;

/** To come. */
final class TableSize {

    private TableSize() {}

    static void measure(Report report, Options options) throws Exception {}
}
