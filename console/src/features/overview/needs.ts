import type { Batch, Case, Device, Effect, Held, Profile, Sale, Source, Status } from '../../api/types';
import { deviceState } from '../../components/devices';
import { count, hour } from '../../components/format';
import { effectKind, part } from '../../components/words';

/** One thing that waits for a person, with the one thing to do about it. */
export interface Need { key: string; tone: 'bad' | 'warn' | 'info'; subject: string; text: string; to: '/' | '/devices' | '/quarantine' | '/cases' | '/chain' | '/market'; search?: Record<string, unknown>; action: string }

interface Known { status?: Status; /** What could not be asked, in words. */ unknown?: string[]; devices?: Device[]; profiles?: Profile[]; held?: Held[]; cases?: Case[]; batches?: Batch[]; effects?: Effect[]; sales?: Sale[]; sources?: Source[]; now: number; mine: { operates: boolean; verifies: boolean; trades: boolean } }

/** What needs a person, worst first. */
export function needs({ status, unknown = [], devices = [], profiles = [], held = [], cases = [], batches = [], effects = [], sales = [], sources = [], now, mine }: Known): Need[] {
  const list: Need[] = [];
  const name = (id: string) => sources.find((s) => s.id === id)?.name ?? id;
  const absent = Object.entries(status?.parts ?? {}).filter(([, there]) => !there).map(([p]) => part(p));
  if (absent.length > 0) list.push({ key: 'parts', tone: 'bad', subject: 'Not in service', text: `${absent.join(', ')}; the rest works`, to: '/', action: 'Overview' });
  if (status && status.notStarted.length > 0) list.push({ key: 'bundles', tone: 'bad', subject: 'Not started', text: `${status.notStarted.join(', ')}; the log says why`, to: '/', action: 'Overview' });
  if (unknown.length > 0) list.push({ key: 'unknown', tone: 'bad', subject: 'Not known', text: `${unknown.join(', ')} could not be asked, so more may need a person`, to: '/', action: 'Overview' });
  for (const e of effects.filter((x) => x.status === 'REFUSED')) list.push({ key: e.businessKey, tone: 'bad', subject: effectKind(e.kind), text: `the chain refused it: ${e.reason}`, to: '/chain', search: { show: 'REFUSED' }, action: 'Show' });
  const waiting = held.filter((h) => h.status === 'HELD');
  if (waiting.length > 0) list.push({ key: 'quarantine', tone: 'warn', subject: 'Quarantine', text: `${count(waiting.length, 'message waits', 'messages wait')} for a person to look at`, to: '/quarantine', search: { status: 'HELD' }, action: 'Look' });
  const states = devices.map((d) => deviceState(d, profiles.find((p) => p.id === d.profileId), now));
  const silent = devices.filter((_, i) => states[i] === 'SILENT');
  if (silent.length > 0) list.push({ key: 'silent', tone: 'warn', subject: silent.length === 1 ? silent[0].name : count(silent.length, 'device'), text: silent.length === 1 ? 'is silent' : 'are silent: nothing came for six of their intervals', to: '/devices', action: 'Show devices' });
  for (const c of cases.filter((x) => x.status === 'OPEN')) list.push({ key: c.id, tone: 'info', subject: name(c.sourceId), text: `${hour(c.from)} to ${hour(c.to)} waits for a verifier’s signature`, to: '/cases', search: { case: c.id }, action: mine.verifies ? 'Review' : 'Show' });
  if (mine.operates) for (const c of cases.filter((x) => x.status === 'SIGNED' && !batches.some((b) => b.caseId === x.id))) list.push({ key: c.id, tone: 'info', subject: name(c.sourceId), text: `${hour(c.from)} to ${hour(c.to)} is verified and not yet sealed on chain`, to: '/cases', search: { case: c.id }, action: 'Seal it' });
  const open = sales.filter((s) => s.status === 'OPEN');
  if (mine.trades && open.length > 0) list.push({ key: 'sales', tone: 'info', subject: 'Sales', text: `${count(open.length, 'offer is', 'offers are')} open`, to: '/market', action: 'See offers' });
  return list;
}

const WORDS = ['Nothing', 'One thing', 'Two things', 'Three things', 'Four things', 'Five things', 'Six things', 'Seven things', 'Eight things', 'Nine things'];
export const headline = (n: number) => `${WORDS[n] ?? `${n} things`} ${n < 2 ? 'needs' : 'need'} a person${n === 0 ? ' now' : ''}`;
