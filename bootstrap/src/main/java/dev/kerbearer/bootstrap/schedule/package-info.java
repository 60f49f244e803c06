/** Schedules maintenance, such as deleting old records and rotating signing keys, outside requests. */
@NullMarked
package dev.kerbearer.bootstrap.schedule;

import org.jspecify.annotations.NullMarked;
