/** The door for readings: devices and their secrets, the checks of what arrives, and the quarantine of what cannot be used. */
package org.carbomt.field.intake;
