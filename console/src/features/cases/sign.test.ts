// @vitest-environment node
import { createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { der, pkcs8, sign } from './sign';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const verifies = (statement: string, signature: string) => createVerify('SHA256').update(statement).verify(createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' })), Buffer.from(signature, 'base64'));

// what the server checks with java.security: SHA256withECDSA, DER
it('signs so that another implementation verifies it, from PEM and from plain base64', async () => {
  for (let i = 0; i < 20; i++) expect(verifies(`{"n":${i}}`, await sign(pem, `{"n":${i}}`))).toBe(true);
  const plain = (pair.privateKey.export({ type: 'pkcs8', format: 'der' }) as Buffer).toString('base64');
  expect(verifies('x', await sign(plain, 'x'))).toBe(true);
  expect(verifies('y', await sign(plain, 'x'))).toBe(false);
});
// X.690: no leading zero but where the sign would be read otherwise
it('writes integers in the shortest form', () => {
  const raw = new Uint8Array(64);
  raw[31] = 1;
  raw[32] = 0x80;
  expect([...der(raw).subarray(0, 8)]).toEqual([0x30, 3 + 2 + 33, 2, 1, 1, 2, 33, 0]);
});
it('says what is wrong with a key file', async () => {
  expect(() => pkcs8('-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----')).toThrow(/openssl pkcs8 -topk8/);
  expect(() => pkcs8('-----BEGIN PUBLIC KEY-----\nMHc=\n-----END PUBLIC KEY-----')).toThrow(/public key/);
  expect(() => pkcs8('%%%')).toThrow(/holds no key/);
  await expect(sign('AAAA', 'x')).rejects.toThrow(/no P-256/);
});
