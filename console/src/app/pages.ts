import { IconActivity, IconArrowsExchange, IconBinaryTree2, IconBox, IconBrain, IconCertificate, IconCpu, IconGridDots, IconHandStop, IconListNumbers, IconShieldCheck } from '@tabler/icons-react';
import type { Role } from '../api/types';

export type Path = '/' | '/devices' | '/hours' | '/quarantine' | '/cases' | '/credits' | '/trace' | '/market' | '/book' | '/models' | '/chain';
export interface PageEntry { to: Path; label: string; icon: typeof IconCpu; group: '' | 'Measure' | 'Assure' | 'Credit' | 'System'; part?: string; roles?: Role[]; tab?: boolean }

/** The pages by group. A page is there when the profile has its part and the person a role that may see it. */
export const PAGES: PageEntry[] = [
  { to: '/', label: 'Overview', icon: IconActivity, group: '', tab: true },
  { to: '/devices', label: 'Devices', icon: IconCpu, group: 'Measure', part: 'Devices' },
  { to: '/hours', label: 'Emissions', icon: IconGridDots, group: 'Measure', part: 'Hours', tab: true },
  { to: '/quarantine', label: 'Quarantine', icon: IconHandStop, group: 'Measure', part: 'Intake', roles: ['ADMINISTRATOR', 'OPERATOR', 'VERIFIER', 'AUDITOR'] },
  { to: '/cases', label: 'Verification', icon: IconShieldCheck, group: 'Assure', part: 'Verifications' },
  { to: '/models', label: 'Models', icon: IconBrain, group: 'Assure', part: 'Models' },
  { to: '/credits', label: 'Credits', icon: IconCertificate, group: 'Credit', part: 'Credits', tab: true },
  { to: '/trace', label: 'Trace', icon: IconBinaryTree2, group: 'Credit', part: 'Credits', tab: true },
  { to: '/market', label: 'Sales', icon: IconArrowsExchange, group: 'Credit', part: 'Sales' },
  { to: '/book', label: 'Order book', icon: IconListNumbers, group: 'Credit', part: 'Exchange' },
  { to: '/chain', label: 'Chain', icon: IconBox, group: 'System', part: 'Ledger' },
];

export const visible = (access: { may: (...r: Role[]) => boolean; belongs: (p: string) => boolean }) => PAGES.filter((p) => (!p.part || access.belongs(p.part)) && (!p.roles || access.may(...p.roles)));
