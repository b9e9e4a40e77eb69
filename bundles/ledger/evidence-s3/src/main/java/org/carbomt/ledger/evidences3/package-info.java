/** Copies of evidence in Amazon S3 and in stores that speak its protocol: MinIO, Ceph, Google Cloud Storage (interoperability), and others. */
package org.carbomt.ledger.evidences3;
