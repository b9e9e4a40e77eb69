// The records of the REST API, as bundles/platform/rest serves them. Decimals are strings: they are shown, never calculated with.
export type Instant = string;

export interface Page<T> { items: T[] }

export interface Status {
  version: string;
  parts: Record<string, boolean>;
  journal?: { nextSequence: number };
  hours?: { computedThrough: number };
  time: Instant;
}

export interface Me { id: string; name: string; organisation: string; roles: string[]; accounts: string[] }

export interface Channel { name: string; unit: string; grade: Grade }
export type Grade = 'MEASURED' | 'INDICATIVE' | 'SYNTHETIC';

export interface Profile { id: string; version: string; title: string; channels: Channel[]; intervalMinutes: number }

export interface Device {
  id: string; siteId: string; profileId: string; name: string; enabled: boolean; syntheticChannels: string[]; acceptFrom: Instant | null;
  lastSeen?: { receivedAt: Instant; protocol: string; sequence: number } | null;
}

export interface Bucket { start: Instant; count: number; min: number | null; max: number | null; mean: number | null }
export interface Readings { unit: string; grade: Grade; buckets: Bucket[] }

export interface Source { id: string; siteId: string; name: string; ruleBook: string; method: string; operatorId: string }

export type HourStatus = 'MEASURED' | 'SUBSTITUTED' | 'IDLE' | 'MISSING';
export interface Hour {
  id: string; sourceId: string; hourStart: Instant; version: number; status: HourStatus; massShortTons: string | null; uncertaintyPercent: string | null;
  grade: Grade; ruleBook: string; method: string; clause: string; reason: string; steps: Record<string, string>; readingsRoot: string;
  firstSequence: number; entries: number; recordedAt: Instant;
}

export interface Serial { projectId: string; from: string; to: string; tokenId: number; first: number; last: number }
export type EffectStatus = 'REQUESTED' | 'SENT' | 'DONE' | 'REFUSED';
export interface Issuance {
  id: string; projectId: string; hourBatchId: string; from: Instant; to: Instant; tonnes: number; serial: Serial | null; steps: Record<string, string>;
  status: EffectStatus; reason: string; requestedAt: Instant;
}
export interface Retirement {
  id: string; accountId: string; tokenId: number; tonnes: number; beneficiary: string; reason: string; serial: Serial | null; status: EffectStatus;
  transaction: string | null; requestedAt: Instant;
}
export interface Holding { accountId: string; tokenId: number; batch: Serial | null; tonnes: number }
export interface Step { kind: string; id: string; title: string; facts: Record<string, string>; parents: string[] }
export interface Trace { tokenId: number; serial: string; steps: Step[] }
export interface LiveEvent { topic: string; subject: string; at: Instant; values: Record<string, string | number | boolean | null> }
export interface Problem { code?: string; title?: string; detail?: string; field?: string; value?: string; expected?: string; status?: number }
