package dev.kerbearer.windowsauth.doctor;

import java.util.List;

/** Examines one part of the set-up. It changes nothing and ends within seconds, even if systems are away. */
@FunctionalInterface
public interface Examination {

    /** Returns the findings, in the order of the checks. */
    List<Finding> findings();
}
