/** What an operator does in the container's shell: {@code carbomt:status}, {@code carbomt:devices}, … Each command names the part that is absent. */
package org.carbomt.platform.shell;
