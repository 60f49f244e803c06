/** Active Directory as a directory of identities, over LDAP. */
@NullMarked
package dev.kerbearer.windowsauth.ldap;

import org.jspecify.annotations.NullMarked;
