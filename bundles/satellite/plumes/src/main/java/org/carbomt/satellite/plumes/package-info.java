/**
 * Plumes in scenes: {@link org.carbomt.satellite.plumes.Enhancement} takes background and stripes away, {@link org.carbomt.satellite.plumes.PlumeFinder} finds what hangs together
 * (OpenCV), {@link org.carbomt.satellite.plumes.PlumeRate} gives it a rate, {@link org.carbomt.satellite.plumes.Attribution} says who may have made it.
 */
package org.carbomt.satellite.plumes;
