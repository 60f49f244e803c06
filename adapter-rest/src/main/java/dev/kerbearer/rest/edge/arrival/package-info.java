/** Where a call comes from: the connection, the proxies that are declared, and what they say of their clients. */
@NullMarked
package dev.kerbearer.rest.edge.arrival;

import org.jspecify.annotations.NullMarked;
