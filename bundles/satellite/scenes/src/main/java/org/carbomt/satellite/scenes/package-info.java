/** Scenes from files: a small NumPy parser that trusts nothing it reads. */
package org.carbomt.satellite.scenes;
