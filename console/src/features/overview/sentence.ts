import type { Device, LiveEvent, Profile, Source } from '../../api/types';
import { hour, number, whole } from '../../components/format';
import { channel, effectKind, problem, protocol, unit } from '../../components/words';

export interface Names { devices: Device[]; profiles: Profile[]; sources: Source[] }
const STATUS: Record<string, string> = { REQUESTED: 'recorded', SENT: 'sent', DONE: 'on chain', REFUSED: 'refused', OPEN: 'laid before a verifier', SIGNED: 'verified and signed', MISSING: 'missing', IDLE: 'not running' };

/** A live event in words: of what, and what. */
export function sentence(e: LiveEvent, { devices, profiles, sources }: Names): { of: string; what: string } {
  const v = e.values;
  const source = (id: unknown) => sources.find((s) => s.id === id)?.name ?? String(id ?? '');
  const device = (id: unknown) => devices.find((d) => d.id === id)?.name ?? (String(id ?? '') || 'unknown device');
  const status = STATUS[String(v.status)] ?? String(v.status ?? '').toLowerCase();
  switch (e.topic) {
    case 'reading': {
      const known = profiles.find((p) => p.id === devices.find((d) => d.id === e.subject)?.profileId)?.channels ?? [];
      const values = Object.entries(v).filter(([k, x]) => k !== 'protocol' && typeof x === 'number').map(([k, x]) => `${channel(k)} ${number(x as number, 2)} ${unit(known.find((c) => c.name === k)?.unit ?? '')}`.trim());
      return { of: device(e.subject), what: `${values.join(' · ')} (${protocol(String(v.protocol))})` };
    }
    case 'hour': {
      const mass = v.massShortTons ? `${v.massShortTons} short tons of CO₂` : status;
      return { of: source(v.source), what: `${hour(String(v.hour))}: ${mass}${Number(v.of) > 1 ? `, the newest of ${whole(Number(v.of))} hours` : ''}` };
    }
    case 'quarantine': return { of: device(v.device), what: `put into quarantine: ${problem(String(v.code))}` };
    case 'case': return { of: source(v.source), what: `case ${status}` };
    case 'batch': return { of: source(v.source), what: `${whole(Number(v.hours))} verified hours sealed under one root` };
    case 'effect': return { of: effectKind(String(v.kind)), what: `${status}${v.reason ? `: ${v.reason}` : ''}` };
    case 'credit': return v.retired === undefined ? { of: String(v.project ?? e.subject), what: `issuance of ${whole(Number(v.tonnes))} t asked for` } : { of: `Token ${v.token}`, what: `retirement of ${whole(Number(v.retired))} t asked for` };
    case 'sale': return { of: `Token ${v.token}`, what: `${whole(Number(v.tonnes))} t sold, settlement asked for` };
    case 'lost': return { of: 'Left out', what: `${e.subject} events: they came faster than this browser took them` };
    default: return { of: e.subject, what: Object.entries(v).map(([k, x]) => `${channel(k)} ${String(x)}`).join(' · ') };
  }
}
