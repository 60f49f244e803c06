/** The registration of API integrations from import files. */
@NullMarked
package dev.kerbearer.application.admin;

import org.jspecify.annotations.NullMarked;
