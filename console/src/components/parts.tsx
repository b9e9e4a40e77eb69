import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import {
  IconAlertTriangle, IconCheck, IconCircle, IconCircleDashed, IconCircleFilled, IconCircleHalf2, IconClock, IconEye, IconFlask, IconHandStop, IconLink, IconProgress, IconShoppingBag, IconSignature, IconTrash, IconWifi, IconWifiOff, IconX,
} from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Refusal } from '../api/client';
import { fact } from './words';

type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'info';

/** One list of states for the whole product: icon, word, colour. */
const STATES = {
  MEASURED: [IconCircleFilled, 'Measured', 'plain'], SUBSTITUTED: [IconCircleHalf2, 'Substituted', 'warn'], IDLE: [IconCircle, 'Not running', 'plain'], MISSING: [IconCircleDashed, 'Missing', 'bad'],
  INDICATIVE: [IconAlertTriangle, 'Indicative', 'warn'], SYNTHETIC: [IconFlask, 'Synthetic', 'bad'],
  REQUESTED: [IconProgress, 'Recorded', 'info'], SENT: [IconProgress, 'Sent', 'info'], DONE: [IconLink, 'On chain', 'ok'], REFUSED: [IconX, 'Refused', 'bad'],
  OPEN: [IconEye, 'In review', 'info'], SIGNED: [IconSignature, 'Verified', 'ok'],
  ON_OFFER: [IconShoppingBag, 'On offer', 'info'], SETTLING: [IconProgress, 'Settling', 'info'], SETTLED: [IconCheck, 'Settled', 'ok'], WITHDRAWN: [IconX, 'Withdrawn', 'plain'], FAILED: [IconX, 'Failed', 'bad'],
  HELD: [IconHandStop, 'Held', 'warn'], RELEASED: [IconCheck, 'Released', 'ok'], DISCARDED: [IconTrash, 'Discarded', 'plain'],
  INFO: [IconEye, 'Note', 'info'], WARNING: [IconAlertTriangle, 'Warning', 'warn'], BLOCKING: [IconHandStop, 'Blocking', 'bad'], CLEARED: [IconCheck, 'Cleared', 'ok'],
  IN_SERVICE: [IconCheck, 'In service', 'ok'], REPLACED: [IconCircleDashed, 'Replaced', 'plain'],
  REPORTING: [IconWifi, 'Reporting', 'ok'], LATE: [IconClock, 'Late', 'warn'], SILENT: [IconWifiOff, 'Silent', 'bad'], NEVER: [IconCircleDashed, 'Never heard', 'plain'], DISABLED: [IconX, 'Switched off', 'plain'],
} as const satisfies Record<string, readonly [typeof IconCheck, string, Tone]>;
export type StateName = keyof typeof STATES;

export function State({ of, word }: { of: StateName; word?: string }) {
  const [Icon, name, tone] = STATES[of];
  return <span className={`state ${tone}`}><Icon size={14} stroke={1.8} aria-hidden />{word ?? name}</span>;
}

/** A page: its title in the tab and as heading, one line below, and what belongs to the right of it. */
export function Page({ title, sub, side, children }: { title: string; sub?: ReactNode; side?: ReactNode; children: ReactNode }) {
  useEffect(() => { document.title = `${title} · CARBO MT`; }, [title]);
  return (
    <>
      <header className="page"><div><h1>{title}</h1>{sub && <p className="muted">{sub}</p>}</div>{side && <div className="side-of-page">{side}</div>}</header>
      {children}
    </>
  );
}

/** A card; flush when a table fills it. */
export function Card({ title, note, flush, children }: { title?: ReactNode; note?: ReactNode; flush?: boolean; children: ReactNode }) {
  return <section className={flush ? 'card flush' : 'card'}>{title && <header><h2>{title}</h2>{note && <div className="muted note">{note}</div>}</header>}<div className="body">{children}</div></section>;
}

export function Figure({ label, value, unit, note }: { label: string; value: ReactNode; unit?: ReactNode; note?: ReactNode }) {
  return <div className="key"><div className="muted">{label}</div><div className="figure">{value}{unit && <> <span className="unit">{unit}</span></>}</div>{note && <div className="muted">{note}</div>}</div>;
}

export function Facts({ of }: { of: Record<string, ReactNode> }) {
  return <dl className="facts">{Object.entries(of).map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl>;
}

/** Facts under the machine's names, in words. */
export const named = (facts: Record<string, ReactNode>): Record<string, ReactNode> => Object.fromEntries(Object.entries(facts).map(([k, v]) => [fact(k), v]));

export const Empty = ({ children }: { children: ReactNode }) => <div className="empty">{children}</div>;

/** Asked data in its four states: a skeleton after 150 ms, an error that says what and offers to try again, an empty hint, or the content. */
export function Asked<T>({ query, empty, height = 120, children }: { query: UseQueryResult<T>; empty?: (data: T) => ReactNode; height?: number; children: (data: T) => ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => { const t = setTimeout(() => setLate(true), 150); return () => clearTimeout(t); }, []);
  if (query.data === undefined && query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) return late ? <Skeleton height={height} radius={8} role="status" aria-label="Loading" /> : <div style={{ height }} />;
  const hint = empty?.(query.data);
  return <>{query.error && <div className="banner" role="status">These figures may be old: {query.error.message}</div>}{hint ? <Empty>{hint}</Empty> : children(query.data)}</>;
}

export function Failed({ error, retry }: { error: Error; retry: () => void }) {
  const code = error instanceof Refusal ? (error.problem.code ?? String(error.status)) : 'network';
  return <div className="banner bad" role="alert"><span>{error.message} <span className="mono">({code})</span></span> <Button size="compact-sm" variant="default" onClick={retry}>Try again</Button></div>;
}

/** A hash in short; whole in its title and for screen readers; a click copies it, or shows it whole where copying is not allowed. */
export function Hash({ of }: { of: string }) {
  const [shown, setShown] = useState<'short' | 'copied' | 'whole'>('short');
  const short = of.length > 18 ? `${of.slice(0, of.startsWith('0x') ? 6 : 4)}…${of.slice(-4)}` : of;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(of);
      setShown('copied');
      setTimeout(() => setShown('short'), 1500);
    } catch {
      setShown('whole'); // without a secure context there is no clipboard; the whole text can be selected
    }
  };
  if (shown === 'whole') return <span className="mono">{of}</span>;
  return <button type="button" className="hash mono" title={of} aria-label={`${short}, copy ${of}`} onClick={() => void copy()}>{shown === 'copied' ? 'copied' : short}</button>;
}

/** A table whose rows become cards on a phone. Columns by name; a column named with a leading # holds numbers. */
export function Table({ columns, label, children }: { columns: string[]; label: string; children: ReactNode }) {
  return (
    <Scroll label={label}><table className="rows" aria-label={label}>
      <thead><tr>{columns.map((c) => <th key={c} className={c.startsWith('#') ? 'num' : undefined} scope="col">{c.replace(/^#/, '')}</th>)}</tr></thead>
      <tbody>{children}</tbody>
    </table></Scroll>
  );
}

/** Scrolls sideways when what is in it is wider; only then the keyboard stops at it. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [wider, setWider] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWider(element.scrollWidth > element.clientWidth + 1));
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, []);
  return <div ref={box} className="scroll" {...(wider ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}>{children}</div>;
}

/** The first of a long list, and the rest when asked for. */
export function More<T>({ of, first = 20, children }: { of: T[]; first?: number; children: (shown: T[]) => ReactNode }) {
  const [all, setAll] = useState(false);
  return <>{children(all ? of : of.slice(0, first))}{!all && of.length > first && <p style={{ padding: '8px 12px' }}><button type="button" className="link" onClick={() => setAll(true)}>Show {of.length - first} more</button></p>}</>;
}

export function Cell({ of, num, wide, children }: { of: string; num?: boolean; wide?: boolean; children: ReactNode }) {
  const nothing = children === null || children === undefined || children === false || children === '';
  return <td data-of={of} className={[num && 'num', wide && 'wide', nothing && 'desk'].filter(Boolean).join(' ') || undefined}><div>{children}</div></td>;
}
