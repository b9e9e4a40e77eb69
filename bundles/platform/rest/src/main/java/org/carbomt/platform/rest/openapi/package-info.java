/** Used while building only: what is read off the resource classes is corrected to what {@code Json} really writes. Not in the bundle. */
package org.carbomt.platform.rest.openapi;
