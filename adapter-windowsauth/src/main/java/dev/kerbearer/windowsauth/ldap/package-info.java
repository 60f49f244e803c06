/** Looks up identities in Active Directory over LDAP. */
@NullMarked
package dev.kerbearer.windowsauth.ldap;

import org.jspecify.annotations.NullMarked;
