/**
 * LoRaWAN 1.0.x uplinks of class A devices activated by personalisation, from gateways that speak the Semtech UDP protocol (GWMP, version 2).
 * A frame counts when its integrity code and its counter are right; a gateway is acknowledged when what it heard is durable.
 */
package org.carbomt.field.lorawan;
