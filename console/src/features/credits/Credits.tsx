import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useAccess } from '../../api/access';
import { api, ask, download } from '../../api/client';
import { q } from '../../api/queries';
import type { Batch, Holding, Issuance, Project, Retirement } from '../../api/types';
import { Act } from '../../components/Act';
import { count, exact, hour, second, serialText, whole } from '../../components/format';
import { Asked, Card, Cell, Facts, Hash, Page, State, Table } from '../../components/parts';
import { spelled, step } from '../../components/words';

const route = getRouteApi('/credits');

/** What was issued and why so much, who holds it, what is retired. */
export function Credits() {
  const { issuance } = route.useSearch();
  const issuances = useQuery({ ...q.issuances(), refetchInterval: (x) => (x.state.data?.some((i) => i.status === 'REQUESTED' || i.status === 'SENT') ? 1000 : 30_000) });
  const holdings = useQuery(q.holdings());
  const retirements = useQuery({ ...q.retirements(), refetchInterval: (x) => (x.state.data?.some((i) => i.status === 'REQUESTED' || i.status === 'SENT') ? 1000 : 30_000) });
  const projects = useQuery(q.projects());
  const sum = (list?: { status: string; tonnes: number }[]) => list?.filter((x) => x.status === 'DONE').reduce((n, x) => n + x.tonnes, 0) ?? 0;
  const chosen = issuances.data?.find((i) => i.id === issuance) ?? issuances.data?.[0];
  return (
    <Page title="Credits" sub={issuances.data && retirements.data ? `${whole(sum(issuances.data))} t CO₂ issued, ${whole(sum(retirements.data))} t retired for ever, ${whole(sum(issuances.data) - sum(retirements.data))} t active. One credit is one tonne.` : ' '} side={<Issue />}>
      <Card title="Issuances" flush note={issuances.data && count(issuances.data.length, 'issuance')}>
        <Asked query={issuances} empty={(d) => (d.length === 0 ? 'Nothing has been issued yet. Credits follow from a batch of verified hours that is anchored on chain.' : null)}>
          {(d) => (
            <Table label="Issuances" columns={['Serials', 'Earned by the hours', '#t CO₂', 'State', 'Look at']}>
              {d.map((i) => (
                <tr key={i.id} className={i.id === chosen?.id ? 'chosen' : undefined}>
                  <Cell of="Serials" wide><span className="mono">{i.serial ? serialText(i.serial) : 'named when the chain has issued them'}</span></Cell>
                  <Cell of="Earned by the hours">{hour(i.from)} to {hour(i.to)}</Cell><Cell of="t CO₂" num>{whole(i.tonnes)}</Cell><Cell of="State"><State of={i.status} />{i.reason && <span className="under">{i.reason}</span>}</Cell>
                  <Cell of="Look at"><span className="nowrap"><Link to="/credits" search={{ issuance: i.id }} replace>the figures</Link>{i.serial && <>, <Link to="/trace" search={{ token: i.serial.tokenId }}>the trace</Link></>}</span></Cell>
                </tr>))}
            </Table>
          )}
        </Asked>
      </Card>
      <div className="two even">
        {chosen && <Quantification of={chosen} project={projects.data?.find((p) => p.id === chosen.projectId)} />}
        <Holdings query={holdings} />
      </div>
      <Card title="Retirements" flush note={retirements.data && count(retirements.data.length, 'retirement')}>
        <Asked query={retirements} empty={(d) => (d.length === 0 ? 'Nothing has been retired yet.' : null)}>
          {(d) => (
            <Table label="Retirements" columns={['Serials', '#t CO₂', 'On behalf of', 'State', 'Transaction', 'Papers']}>
              {d.map((r) => (
                <tr key={r.id}>
                  <Cell of="Serials" wide><span className="mono">{r.serial ? serialText(r.serial) : 'named when on chain'}</span><span className="under">asked for {second(r.requestedAt)} by {r.accountId}</span></Cell>
                  <Cell of="t CO₂" num>{whole(r.tonnes)}</Cell><Cell of="On behalf of">{r.beneficiary}<span className="under">{r.reason}</span></Cell><Cell of="State"><State of={r.status} word={r.status === 'DONE' ? 'Retired' : undefined} /></Cell>
                  <Cell of="Transaction">{r.transaction ? <Hash of={r.transaction} /> : '—'}</Cell><Cell of="Papers">{r.status === 'DONE' && <Papers of={r} />}</Cell>
                </tr>))}
            </Table>
          )}
        </Asked>
      </Card>
    </Page>
  );
}

/** The certificate to read or print, and the file that proves it without us. */
function Papers({ of: r }: { of: Retirement }) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState('');
  const save = async () => {
    setBusy(true);
    setFailed('');
    try { await download(`/retirements/${r.id}/proof`, `proof-${r.id}.json`); } catch (e) { setFailed((e as Error).message); } finally { setBusy(false); }
  };
  return <div className="bar" style={{ alignItems: 'center' }}><a href={`/api/v1/retirements/${r.id}/certificate`} target="_blank" rel="noreferrer">Certificate</a><Button size="compact-sm" variant="default" loading={busy} onClick={() => void save()}>Proof file</Button>{failed && <span role="alert" className="under">{failed}</span>}</div>;
}

const ORDER = ['baselineMeasuredTonnes', 'baselineActivityMwh', 'baselineTonnesPerMwh', 'activityMwh', 'baselineTonnes', 'measuredTonnes', 'reductionTonnes', 'uncertaintyPercent', 'deductionFactor', 'deductionTonnes', 'netTonnes'];
/** How each figure comes from those before it. */
const HOW: Record<string, string> = { baselineTonnesPerMwh: 'CO₂ ÷ electricity, rounded down', baselineTonnes: 'intensity × electricity made', reductionTonnes: 'baseline − measured', deductionTonnes: 'uncertainty × factor × measured', netTonnes: 'reduction − deduction' };

export function StepTable({ steps, credits }: { steps: Record<string, string>; credits: number }) {
  const names = [...ORDER.filter((n) => n in steps), ...Object.keys(steps).filter((n) => !ORDER.includes(n))];
  return (
    <table className="steps"><tbody>
      {names.map((n) => { const s = step(n); return <tr key={n}><td>{s.label}{HOW[n] && <span className="under">{HOW[n]}</span>}</td><td className="num">{exact(steps[n])}</td><td className="muted nowrap">{s.unit}</td></tr>; })}
      <tr><td style={{ color: 'var(--text)' }}><b>Credits, rounded down to whole tonnes</b></td><td className="num"><b>{whole(credits)}</b></td><td className="muted">t CO₂</td></tr>
    </tbody></table>
  );
}

function Quantification({ of: i, project }: { of: Issuance; project?: Project }) {
  return (
    <Card title={`Why ${whole(i.tonnes)} t`} note={project ? `${project.id}, ${project.name}` : i.projectId}>
      <StepTable steps={i.steps} credits={i.tonnes} />
      <h3>Rests on</h3>
      <Facts of={{ Methodology: project ? spelled(project.methodology) : '…', 'Baseline batch': <span className="mono">{project?.baselineBatchId ?? '…'}</span>, 'Batch of the period': <span className="mono">{i.hourBatchId}</span>, 'Asked for': second(i.requestedAt) }} />
    </Card>
  );
}

function Holdings({ query }: { query: ReturnType<typeof useQuery<Holding[]>> }) {
  const { acts, may } = useAccess();
  const acting = may('ADMINISTRATOR', 'TRADER');
  return (
    <Card title="Who holds them" flush note="read from the chain">
      <Asked query={query} empty={(d) => (d.length === 0 ? 'No account holds credits.' : null)}>
        {(d) => (
          <Table label="Holdings" columns={['Account', 'Batch', '#t CO₂', ...(acting ? ['Do'] : [])]}>
            {d.map((h) => (
              <tr key={h.accountId + h.tokenId}>
                <Cell of="Account">{h.accountId}</Cell><Cell of="Batch"><Link to="/trace" search={{ token: h.tokenId }}>{h.batch ? `${h.batch.projectId}, ${h.batch.from} to ${h.batch.to}` : `token ${h.tokenId}`}</Link></Cell><Cell of="t CO₂" num>{whole(h.tonnes)}</Cell>
                {acting && <Cell of="Do">{acts(h.accountId) && h.tonnes > 0 && <div className="bar"><Retire of={h} /><TransferTo of={h} /></div>}</Cell>}
              </tr>
            ))}
          </Table>
        )}
      </Asked>
    </Card>
  );
}

function Retire({ of: h }: { of: Holding }) {
  return (
    <Act label="Retire…" title={`Retire credits of ${h.accountId}`} confirm="Retire for ever" danger typed="retire" touches={['credit', 'effect', 'account']}
      fields={[{ name: 'tonnes', label: 'Tonnes', kind: 'whole', hint: `1 to ${whole(h.tonnes)}` }, { name: 'beneficiary', label: 'On behalf of', hint: 'Stands on the certificate, public.' }, { name: 'reason', label: 'Reason' }]}
      summary={(v) => <>{v.tonnes ? <b>{exact(v.tonnes)} t</b> : '…'} of {h.batch ? `${h.batch.projectId}, ${h.batch.from} to ${h.batch.to}` : `token ${h.tokenId}`} are retired for {v.beneficiary || '…'}. This cannot be undone: retired credits can never be sold or used again.</>}
      run={(v, requestId) => ask(api.POST('/retirements', { body: { requestId, accountId: h.accountId, tokenId: h.tokenId, tonnes: Number(v.tonnes), beneficiary: v.beneficiary, reason: v.reason } }))} />
  );
}

function TransferTo({ of: h }: { of: Holding }) {
  return (
    <Act label="Transfer…" title={`Transfer credits of ${h.accountId}`} confirm="Transfer" touches={['credit', 'effect', 'account']}
      fields={[{ name: 'to', label: 'To account', hint: 'Its id in this registry' }, { name: 'tonnes', label: 'Tonnes', kind: 'whole', hint: `1 to ${whole(h.tonnes)}` }]}
      summary={(v) => <>{v.tonnes ? <b>{exact(v.tonnes)} t</b> : '…'} go from {h.accountId} to {v.to || '…'}, without payment. Only the receiver can send them back.</>}
      run={(v, requestId) => ask(api.POST('/transfers', { body: { requestId, from: h.accountId, to: v.to, tokenId: h.tokenId, tonnes: Number(v.tonnes) } }))} />
  );
}

/** For the administrator: batches that could earn credits, with the figures before the button. */
function Issue() {
  const { has, may } = useAccess();
  const admin = may('ADMINISTRATOR');
  const batches = useQuery({ ...q.batches(), enabled: admin && has('HourBatches') }).data ?? [];
  const projects = useQuery({ ...q.projects(), enabled: admin }).data ?? [];
  const issued = useQuery({ ...q.issuances(), enabled: admin }).data;
  if (!admin || !issued) return null;
  const ready = projects.flatMap((p) => batches.filter((b) => b.sourceId === p.sourceId && b.id !== p.baselineBatchId && !issued.some((i) => i.hourBatchId === b.id)).map((b) => ({ project: p, batch: b })));
  return <>{ready.map(({ project, batch }) => <IssueOne key={project.id + batch.id} project={project} batch={batch} />)}</>;
}

function IssueOne({ project, batch }: { project: Project; batch: Batch }) {
  const preview = useQuery({ queryKey: ['credit', 'preview', project.id, batch.id], queryFn: ({ signal }) => ask(api.GET('/projects/{id}/preview', { signal, params: { path: { id: project.id }, query: { batch: batch.id } } })) });
  return (
    <Act label={`Issue for ${batch.from.slice(0, 10)} to ${batch.to.slice(0, 10)}…`} primary title={`Issue credits of ${project.id}`} confirm={preview.data ? `Issue ${whole(preview.data.credits)} t` : 'Issue'} touches={['credit', 'effect']}
      summary={() => (preview.data ? <StepTable steps={preview.data.steps} credits={preview.data.credits} /> : preview.error ? <span role="alert">{preview.error.message}</span> : '…')}
      run={() => ask(api.POST('/issuances', { body: { projectId: project.id, batchId: batch.id } }))} />
  );
}
