import type { components } from './schema';

// Short names of what the API answers. Decimals are text: they are shown as they are, and turned into numbers only to draw or to round for the eye.
type S = components['schemas'];

export type Problem = S['ProblemDetail'];
export type Status = S['Status'];
export type Me = S['Person'];
export type Role = Me['roles'][number];
export type Channel = S['Channel'];
export type Grade = Channel['grade'];
export type Profile = S['ProfileView'];
export type Device = S['DeviceView'];
export type Latest = S['Latest'];
export type LatestValue = S['LatestValue'];
export type Readings = S['Readings'];
export type Bucket = S['BucketView'];
export type Held = S['Held'];
export type Source = S['SourceView'];
export type Hour = S['HourView'];
export type HourStatus = Hour['status'];
export type Forecast = S['ForecastView'];
export type Model = S['ModelView'];
export type HourMap = S['MapView'];
export type Month = S['MonthView'];
export type Entry = S['EntryView'];
export type Case = S['VerificationCase'];
export type Finding = S['Finding'];
export type Severity = Finding['severity'];
export type Batch = S['HourBatch'];
export type Project = S['Project'];
export type Issuance = S['CreditBatch'];
export type Quantification = S['Quantification'];
export type Retirement = S['Retirement'];
export type Holding = S['Holding'];
export type Serial = S['Serial'];
export type Sale = S['Sale'];
export type Instrument = S['Instrument'];
export type Depth = S['Depth'];
export type Order = S['Order'];
export type SaleStatus = Sale['status'];
export type Trace = S['Trace'];
export type Step = S['Step'];
export type Effect = S['EffectState'];
export type EffectStatus = Effect['status'];
export type ChainEvent = S['ChainEvent'];
export type Network = S['Network'];
export type Account = S['Account'];

/** The stream of live events is no answer of the API, so it is described here. */
export interface LiveEvent { topic: string; subject: string; at: string; values: Record<string, string | number | boolean | null> }
