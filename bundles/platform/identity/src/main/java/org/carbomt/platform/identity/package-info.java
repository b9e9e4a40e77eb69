/** Who may do what, and the vault that keeps secrets. */
package org.carbomt.platform.identity;
