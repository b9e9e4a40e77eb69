import { expect, it } from 'vitest';
import { payloadText } from './payload';

const base64 = (bytes: number[]) => btoa(String.fromCharCode(...bytes));

it('shows text as text, bytes as hexadecimal digits, and cuts what is long', () => {
  expect(payloadText(btoa('{"co2":"lots"}'))).toBe('{"co2":"lots"}');
  expect(payloadText(base64([0x01, 0x00, 0xe2, 0xff]))).toBe('01 00 e2 ff');
  expect(payloadText(base64([0x07, 0x41]))).toBe('07 41');
  expect(payloadText('')).toBe('(empty)');
  expect(payloadText(btoa('x'.repeat(1000)))).toBe(`${'x'.repeat(160)}… (1000 bytes)`);
});
