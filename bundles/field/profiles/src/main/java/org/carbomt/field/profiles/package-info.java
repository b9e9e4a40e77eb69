/**
 * Hardware profiles: one YAML file a device model says how its payload becomes channels with units. {@link org.carbomt.field.profiles.ProfileFile}
 * reads such a file, {@link org.carbomt.field.profiles.HardwareProfiles} offers those of a folder as a service.
 */
package org.carbomt.field.profiles;
