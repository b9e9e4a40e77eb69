import { useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { IconArrowsExchange, IconCertificate, IconClock, IconCpu, IconFlame, IconLink, IconReceipt, IconShieldCheck, IconWaveSine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useAccess } from '../../api/access';
import { api, ask, download } from '../../api/client';
import { q } from '../../api/queries';
import type { Retirement, Step } from '../../api/types';
import { exact, hour, money, second, serialText, whole } from '../../components/format';
import { Asked, Card, Empty, Facts, Hash, Page } from '../../components/parts';
import { fact, step as stepName, STEP_KINDS } from '../../components/words';
import { HEIGHT, layout, WIDTH } from './layout';

const route = getRouteApi('/trace');
const ICONS: Record<string, typeof IconCpu> = {
  retirement: IconFlame, transfer: IconArrowsExchange, sale: IconReceipt, issuance: IconCertificate, batch: IconLink, verification: IconShieldCheck, hours: IconClock, readings: IconWaveSine, device: IconCpu,
};

/** Where does a credit come from, and where did it go? */
export function Trace() {
  const search = route.useSearch();
  const go = route.useNavigate();
  const issuances = useQuery(q.issuances());
  const retirements = useQuery(q.retirements()).data ?? [];
  const serials = issuances.data?.flatMap((i) => (i.serial ? [i.serial] : [])) ?? [];
  const token = search.token ?? serials[0]?.tokenId;
  const life = useQuery({ queryKey: ['effect', 'trace', token], queryFn: ({ signal }) => ask(api.GET('/credits/{token}/trace', { signal, params: { path: { token: token! } } })), enabled: token !== undefined, staleTime: 30_000 });
  const serial = serials.find((s) => s.tokenId === token);
  const choose = (step: string) => void go({ search: { token, step }, replace: true });
  if (issuances.data && token === undefined) return <Page title="Trace"><Card><Empty>No credit has been issued yet, so there is nothing to trace. Credits follow from an anchored batch of verified hours.</Empty></Card></Page>;
  const mine = retirements.filter((r) => r.tokenId === token && r.status === 'DONE');
  const retired = mine.reduce((n, r) => n + r.tonnes, 0);
  return (
    <Page title={serial ? serialText(serial) : 'Trace'} sub={serial ? `${whole(serial.last - serial.first + 1)} t CO₂, ${whole(retired)} t of them retired.` : ' '}
      side={serials.length > 1 && <NativeSelect label="Credits" size="xs" value={String(token ?? '')} data={serials.map((s) => ({ value: String(s.tokenId), label: serialText(s) }))} onChange={(e) => void go({ search: { token: Number(e.currentTarget.value) } })} />}>
      {mine.length > 0 && <Proofs of={mine} />}
      <Asked query={life} height={420}>
        {(l) => (
          <>
            <div className="desk"><Card title="The life of these credits" flush note="from the sensors to the last owner; each step rests on those it is joined to"><Graph steps={l.steps} chosen={search.step} onChoose={choose} /></Card></div>
            <Card title="The same life as a list, the newest first" flush><Life steps={l.steps} chosen={search.step} /></Card>
          </>
        )}
      </Asked>
    </Page>
  );
}

/** The files that prove retirements without us. */
function Proofs({ of }: { of: Retirement[] }) {
  const [failed, setFailed] = useState('');
  const save = (id: string) => { setFailed(''); download(`/retirements/${id}/proof`, `proof-${id}.json`).catch((e: Error) => setFailed(e.message)); };
  return (
    <Card title="Proof" note="checked offline by anyone: java -jar carbomt-proof.jar FILE">
      {of.map((r) => <div key={r.id} className="bar" style={{ alignItems: 'center' }}><span>{whole(r.tonnes)} t retired for {r.beneficiary}</span><a href={`/api/v1/retirements/${r.id}/certificate`} target="_blank" rel="noreferrer">Certificate</a><Button size="compact-sm" variant="default" onClick={() => save(r.id)}>Download proof file</Button></div>)}
      {failed && <p role="alert">{failed}</p>}
    </Card>
  );
}

/** A line for a node: what matters most of its facts. */
export function gist(s: Step): string {
  const f = s.facts;
  switch (s.kind) {
    case 'device': return f.name ?? s.id;
    case 'readings': return `${exact(f.journalEntriesUsed ?? '0')} entries used`;
    case 'hours': return f.measuredTonnes ? `${exact(Number(f.measuredTonnes).toFixed(1))} t CO₂` : '';
    case 'verification': return f.verifier ? `signed by ${f.verifier}` : 'not signed';
    case 'batch': return f.block ? `in block ${exact(f.block)}` : '';
    case 'issuance': return f.block ? `in block ${exact(f.block)}` : '';
    case 'sale': return `${f.seller} to ${f.buyer}`;
    case 'transfer': return `${f.from} to ${f.to}`;
    case 'retirement': return `for ${f.beneficiary}`;
    default: return '';
  }
}

export function title(s: Step): string {
  const f = s.facts;
  const tonnes = f.tonnes ?? (f.serialFirst && f.serialLast ? String(Number(f.serialLast) - Number(f.serialFirst) + 1) : undefined);
  switch (s.kind) {
    case 'device': return s.id;
    case 'readings': return s.title.includes('baseline') ? 'Of the baseline' : 'Of the period';
    case 'hours': return `${whole((Date.parse(f.to) - Date.parse(f.from)) / 3_600_000)} h, ${s.title.includes('baseline') ? 'baseline' : 'period'}`;
    case 'verification': return f.findings === '0' ? 'No finding' : `${f.findings} findings`;
    case 'batch': return s.title.includes('baseline') ? 'Baseline' : 'Period';
    case 'sale': case 'transfer': case 'retirement': return tonnes ? `${exact(tonnes)} t` : s.title;
    case 'issuance': return exact(s.title.replace(/ .*/, '')) + ' t';
    default: return s.title;
  }
}

function Graph({ steps, chosen, onChoose }: { steps: Step[]; chosen?: string; onChoose: (id: string) => void }) {
  const l = layout(steps);
  return (
    <div className="graph"><div style={{ position: 'relative', width: l.width, height: l.height }}>
      <svg width={l.width} height={l.height} aria-hidden>
        {l.edges.map(({ from, to }) => {
          const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
          return <path key={`${from.step.id}>${to.step.id}`} d={`M${x1} ${y1} C${x1 + 18} ${y1} ${x2 - 18} ${y2} ${x2} ${y2}`} fill="none" stroke="var(--line-strong)" strokeWidth={1.5} />;
        })}
      </svg>
      {l.nodes.map(({ step: s, x, y }) => {
        const Icon = ICONS[s.kind] ?? IconLink;
        return (
          <button key={s.id} type="button" className={s.id === chosen ? 'node chosen' : 'node'} style={{ left: x, top: y, width: WIDTH, height: HEIGHT }} aria-pressed={s.id === chosen} onClick={() => onChoose(s.id)}>
            <span className="kind"><Icon size={14} aria-hidden />{STEP_KINDS[s.kind] ?? s.kind}</span><b>{title(s)}</b><span className="gist">{gist(s)}</span>
          </button>
        );
      })}
    </div></div>
  );
}

/** A fact as people read it: money, times, hashes, decimals with their units. */
function value(name: string, text: string) {
  if (name === 'priceMinor') return money(Number(text), 'USD');
  if (/^(0x[0-9a-f]{20,}|[0-9a-f]{64}|bafk[a-z0-9]+)$/.test(text)) return <Hash of={text} />;
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return name === 'from' || name === 'to' ? hour(text) : second(text);
  if (/^-?\d+(\.\d+)?$/.test(text)) return `${exact(text)} ${stepName(name).unit}`.trim();
  return text;
}

function Life({ steps, chosen }: { steps: Step[]; chosen?: string }) {
  const { belongs } = useAccess();
  return (
    <ol className="life">
      {steps.map((s) => {
        const Icon = ICONS[s.kind] ?? IconLink;
        const facts = Object.fromEntries(Object.entries(s.facts).map(([k, v]) => [fact(k), value(k, v)]));
        return (
          <li key={s.id} className={s.id === chosen ? 'chosen' : undefined} ref={(e) => { if (e && s.id === chosen) e.scrollIntoView({ block: 'nearest' }); }}>
            <span className="dot"><Icon size={16} aria-hidden /></span>
            <div>
              <b>{s.title.replace(/^\d+/, (n) => exact(n))}</b>{' '}{s.kind === 'device' && <Link to="/devices/$id" params={{ id: s.id }}>the device</Link>}
              {s.kind === 'verification' && belongs('Verifications') && <Link to="/cases" search={{ case: s.id }}>the case</Link>}
              {s.kind === 'hours' && s.facts.source && <Link to="/hours" search={{ source: s.facts.source, year: Number(s.facts.to?.slice(0, 4)), hour: s.facts.from }}>the hours</Link>}
              {s.kind === 'issuance' && <Link to="/credits" search={{ issuance: s.id }}>the figures</Link>}
              <details key={s.id === chosen ? 'chosen' : 'other'} open={s.id === chosen} style={{ maxWidth: 720, marginTop: 2 }}><summary>{gist(s) || 'Details'}</summary><Facts of={facts} /></details>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
