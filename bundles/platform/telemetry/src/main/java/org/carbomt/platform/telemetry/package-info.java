/** What the parts tell about themselves, for Prometheus ({@code /metrics}) and for probes ({@code /health/live}, {@code /health/ready}). */
package org.carbomt.platform.telemetry;
