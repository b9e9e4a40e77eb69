/**
 * Camel in the container, and the route files. {@code routes} keeps the routes of a folder running, {@code intake} is the producer every
 * route ends in, {@code http} the consumer of HTTP readings. Other protocols are bundles that offer a Camel component as a service.
 */
package org.carbomt.field.camelruntime;
