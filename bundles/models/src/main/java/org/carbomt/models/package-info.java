/** Trained models: what is offered is screened, tried, compared with what serves, and served by ONNX Runtime. */
package org.carbomt.models;
