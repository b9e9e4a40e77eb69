/** The relational store: one pool on Derby or PostgreSQL, and the tables of each bundle brought up to date by its own change log. */
package org.carbomt.platform.store;
