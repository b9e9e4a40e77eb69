/** The verifier's own signature, made in this browser: ECDSA P-256 with SHA-256. The key is read from a file, used once, and goes nowhere. */

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** The PKCS#8 key in a file: PEM ('BEGIN PRIVATE KEY'), or its base64 alone. */
export function pkcs8(text: string): Uint8Array<ArrayBuffer> {
  if (/BEGIN EC PRIVATE KEY/.test(text)) throw new Error("This key is in the older form 'EC PRIVATE KEY'. Turn it into PKCS#8: openssl pkcs8 -topk8 -nocrypt -in key.pem");
  if (/BEGIN ENCRYPTED PRIVATE KEY/.test(text)) throw new Error('This key is encrypted. Decrypt it for the moment of signing: openssl pkcs8 -in key.pem');
  if (/BEGIN PUBLIC KEY|BEGIN CERTIFICATE/.test(text)) throw new Error('This file holds a public key; the private key is needed');
  try {
    return Uint8Array.from(atob(text.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')), (c) => c.charCodeAt(0));
  } catch {
    throw new Error("This file holds no key: expected a PEM file 'BEGIN PRIVATE KEY' or its base64");
  }
}

/** A signature as the browser gives it (r and s, 32 bytes each) as ASN.1 DER. */
export function der(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    let i = 0;
    while (i < bytes.length - 1 && bytes[i] === 0) i++;
    const body = bytes[i] & 0x80 ? [0, ...bytes.subarray(i)] : [...bytes.subarray(i)];
    return [2, body.length, ...body];
  };
  const both = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))];
  return Uint8Array.from([0x30, both.length, ...both]);
}

/** @returns the signature over the statement, DER, base64 */
export async function sign(keyFile: string, statement: string): Promise<string> {
  if (!globalThis.crypto?.subtle) throw new Error('This browser signs only over HTTPS or on the machine itself (localhost)');
  const bytes = pkcs8(keyFile);
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  } catch {
    throw new Error('This is no P-256 private key in PKCS#8 form');
  } finally {
    bytes.fill(0);
  }
  return base64(der(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(statement)))));
}
