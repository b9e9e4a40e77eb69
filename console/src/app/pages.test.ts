import { expect, it } from 'vitest';
import type { Role } from '../api/types';
import { visible } from './pages';

const access = (roles: Role[], parts: string[]) => ({ may: (...r: Role[]) => r.some((x) => roles.includes(x)), belongs: (p: string) => parts.includes(p) });
const EDGE = ['Intake', 'Journal', 'Devices', 'Profiles'];
const ALL = [...EDGE, 'Hours', 'Verifications', 'HourBatches', 'EvidenceStore', 'Ledger', 'Credits', 'Sales', 'ProofFiles'];
const labels = (roles: Role[], parts: string[]) => visible(access(roles, parts)).map((p) => p.label);

it('shows on an edge only what an edge has', () => expect(labels(['OPERATOR'], EDGE)).toEqual(['Overview', 'Devices', 'Quarantine']));
it('keeps the quarantine from a trader', () => {
  expect(labels(['TRADER'], ALL)).toEqual(['Overview', 'Devices', 'Emissions', 'Verification', 'Credits', 'Trace', 'Sales', 'Chain']);
  expect(labels(['TRADER', 'AUDITOR'], ALL)).toContain('Quarantine');
});
