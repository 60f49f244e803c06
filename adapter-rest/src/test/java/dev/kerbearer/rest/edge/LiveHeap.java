package dev.kerbearer.rest.edge;

/** The part of the heap that is in use. */
final class LiveHeap {

    private LiveHeap() {}

    /** Collects garbage, and returns how many bytes are left. */
    static long bytes() {
        System.gc();
        System.gc();
        Runtime heap = Runtime.getRuntime();
        return heap.totalMemory() - heap.freeMemory();
    }
}
