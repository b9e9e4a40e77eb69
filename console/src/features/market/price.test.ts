import { expect, it } from 'vitest';
import { minor } from './price';

it('reads a price to the cent and refuses what is none', () => {
  expect([minor('42.50'), minor('42,5'), minor(' 7 '), minor('0.07')]).toEqual([4250, 4250, 700, 7]);
  expect([minor(''), minor('4.255'), minor('-1'), minor('1e3'), minor('12 000')]).toEqual([null, null, null, null, null]);
});
