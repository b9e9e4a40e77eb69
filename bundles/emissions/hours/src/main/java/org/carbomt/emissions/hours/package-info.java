/**
 * The hourly records: {@link org.carbomt.emissions.hours.HourAssembler} turns journal entries into the hours a rule book computes, {@link
 * org.carbomt.emissions.hours.HourOutcome} has one computed (both pure, also run by the command-line tool and the proof checker), {@link
 * org.carbomt.emissions.hours.HourAccounts} follows the journal and keeps one version after the other in the store.
 */
package org.carbomt.emissions.hours;
