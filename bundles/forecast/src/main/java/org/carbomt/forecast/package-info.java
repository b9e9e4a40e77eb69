/** Forecasts: four plain methods, judged on each source's own past; the one that did best there speaks. */
package org.carbomt.forecast;
