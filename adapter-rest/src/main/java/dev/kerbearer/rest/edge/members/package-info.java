/** What a request carries: the members of its body, and its bearer token. */
@NullMarked
package dev.kerbearer.rest.edge.members;

import org.jspecify.annotations.NullMarked;
