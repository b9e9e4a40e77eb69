/**
 * What a source should have emitted, learned from what it did before: a random forest of Weka over load, operating time and the way into the hour. Heat
 * input and stack flow are left out on purpose, as the reported mass follows from them; the load comes from another meter.
 */
package org.carbomt.verification.weka;
