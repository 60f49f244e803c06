package dev.kerbearer.windowsauth.doctor;

import java.util.List;

/** Looks at one part of the set-up. It changes nothing, and ends within seconds whatever is away. */
@FunctionalInterface
public interface Examination {

    /** What it found, in the order in which it looked. */
    List<Finding> findings();
}
