/**
 * MQTT 3.1.1 and 5 for devices: a message is acknowledged when the intake says that it is durable. Sessions end with their connection (what is
 * sent twice is stored once), and a device sees no topics but its own.
 */
package org.carbomt.field.mqttbroker;
