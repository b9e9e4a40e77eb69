/**
 * Models: trained elsewhere, judged on data they have not seen, served here. A model is an ONNX file and its card; where the simple method wins, the method
 * in service is the simple one, and the card says so.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
