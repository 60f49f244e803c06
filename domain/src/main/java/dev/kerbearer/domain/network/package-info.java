/** IP addresses and networks, as headers and configuration files write them. */
@NullMarked
package dev.kerbearer.domain.network;

import org.jspecify.annotations.NullMarked;
