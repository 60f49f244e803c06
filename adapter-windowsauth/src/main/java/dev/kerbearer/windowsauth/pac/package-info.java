/**
 * Reads and verifies the privilege attribute certificate (PAC) that a domain controller puts into a ticket ([MS-PAC]).
 */
@NullMarked
package dev.kerbearer.windowsauth.pac;

import org.jspecify.annotations.NullMarked;
