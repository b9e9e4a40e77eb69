/**
 * Rule book {@code part75}: CO2 mass by 40 CFR Part 75, Appendix F (F-11 from concentration and flow, wet and dry) and Appendix G (G-4 from heat input), with
 * EPA's rounding. Pure: same input, same result; the standalone proof checker runs these very classes.
 */
package org.carbomt.emissions.part75;
