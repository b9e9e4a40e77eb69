import { type ReactNode, useEffect, useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Refusal } from '../api/client';
import type { EffectStatus, Grade, HourStatus } from '../api/types';

type Tone = 'ok' | 'warn' | 'bad' | 'info';

/** One list of states for the whole product: icon, word, colour. */
const STATES: Record<HourStatus | EffectStatus | Grade, [string, string, Tone]> = {
  MEASURED: ['●', 'Measured', 'ok'],
  SUBSTITUTED: ['◐', 'Substituted', 'warn'],
  IDLE: ['○', 'Not running', 'info'],
  MISSING: ['◌', 'Missing', 'bad'],
  INDICATIVE: ['△', 'Indicative', 'warn'],
  SYNTHETIC: ['⚗', 'Synthetic', 'bad'],
  REQUESTED: ['…', 'Recorded', 'info'],
  SENT: ['⇢', 'Sent', 'info'],
  DONE: ['✓', 'In a block', 'ok'],
  REFUSED: ['✕', 'Refused', 'bad'],
};

export function State({ of }: { of: HourStatus | EffectStatus | Grade }) {
  const [icon, word, tone] = STATES[of];
  return <span className={`state ${tone}`}><span aria-hidden>{icon}</span>{word}</span>;
}

export function Card({ title, children }: { title?: string; children: ReactNode }) {
  return <section className="card">{title && <h2>{title}</h2>}{children}</section>;
}

export function Figure({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return <section className="card"><div className="muted">{label}</div><div className="figure">{value}</div>{note && <div className="muted">{note}</div>}</section>;
}

export function Facts({ of }: { of: Record<string, ReactNode> }) {
  return <dl className="facts">{Object.entries(of).map(([k, v]) => <div key={k} style={{ display: 'contents' }}><dt>{k}</dt><dd>{v}</dd></div>)}</dl>;
}

/** Asked data in its four states: a skeleton after 150 ms, an error that says what and offers to try again, an empty hint, or the content. */
export function Asked<T>({ query, empty, height = 120, children }: { query: UseQueryResult<T>; empty?: (data: T) => string | null; height?: number; children: (data: T) => ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => { const t = setTimeout(() => setLate(true), 150); return () => clearTimeout(t); }, []);
  if (query.data === undefined && query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) return late ? <Skeleton height={height} radius={8} aria-label="Loading" /> : <div style={{ height }} />;
  const hint = empty?.(query.data);
  return <>{query.error && <div className="banner">These figures may be old: {query.error.message}</div>}{hint ? <div className="empty">{hint}</div> : children(query.data)}</>;
}

export function Failed({ error, retry }: { error: Error; retry: () => void }) {
  const code = error instanceof Refusal ? (error.problem.code ?? String(error.status)) : 'network';
  return <div className="banner bad" role="alert">{error.message} <span className="mono">({code})</span> <Button size="compact-xs" variant="default" onClick={retry}>Try again</Button></div>;
}
