/**
 * The REST API: one resource class a domain, authorised by one table ({@code access.txt}), described by the OpenAPI that is read off these
 * classes. Jersey is embedded in this bundle, behind one whiteboard servlet; live events have a servlet of their own.
 */
package org.carbomt.platform.rest;
