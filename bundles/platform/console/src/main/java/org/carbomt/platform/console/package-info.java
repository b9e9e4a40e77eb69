/** Serves the React build of {@code console/}: hashed assets immutable and pre-compressed, the page itself fresh with a nonce of its own. */
package org.carbomt.platform.console;
