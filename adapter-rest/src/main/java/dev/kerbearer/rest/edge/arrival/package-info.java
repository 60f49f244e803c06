/** Where a call comes from: the connection, the declared proxies, and what they say about their clients. */
@NullMarked
package dev.kerbearer.rest.edge.arrival;

import org.jspecify.annotations.NullMarked;
