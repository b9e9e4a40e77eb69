import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAccess } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import type { Batch, Case, Finding, Source } from '../../api/types';
import { Act } from '../../components/Act';
import { count, hour, plusMinus, second, whole } from '../../components/format';
import { Asked, Card, Cell, Facts, Hash, State, Table } from '../../components/parts';
import { check, fact, worded } from '../../components/words';
import { sign } from './sign';

/** One case: the figures, what the checks found, the verifier's word, and what became of it on chain. */
export function CaseView({ of: c, source }: { of: Case; source?: Source }) {
  const findings = useQuery({ queryKey: ['case', 'findings', c.id], queryFn: async ({ signal }) => (await ask(api.GET('/cases/{id}/findings', { signal, params: { path: { id: c.id } } }))).items });
  return (
    <div>
      <Card title={source?.name ?? c.sourceId} note={<><State of={c.status} /></>}>
        <Facts of={{
          Period: `${hour(c.from)} to ${hour(c.to)}, UTC`, Hours: <>{whole(c.hourIds.length)}, each in the version known when the case was opened; <Link to="/hours" search={{ source: c.sourceId, year: Number(c.to.slice(0, 4)), hour: c.from }}>look at them</Link></>,
          'CO₂ of the period': <Mass of={c} />, 'Root over the hours': <Hash of={c.hoursRoot} />, Opened: `${second(c.openedAt)} by ${c.openedBy}`, Case: <span className="mono">{c.id}</span>,
        }} />
      </Card>
      <Card title="What the checks found" flush note={findings.data && counted(findings.data)}>
        <Asked query={findings} empty={(f) => (f.length === 0 ? 'Nothing. Range, rate of change, standing values, share of missing hours, grade and the model of the expected mass were looked at.' : null)}>
          {(list) => <FindingTable list={list} open={c.status === 'OPEN'} source={c.sourceId} />}
        </Asked>
      </Card>
      <Word of={c} source={source} findings={findings.data ?? []} />
      <OnChain of={c} />
    </div>
  );
}

/** As it was known when the case was opened: the versions that are laid before the verifier. */
function Mass({ of: c }: { of: Case }) {
  const hours = useQuery({ queryKey: ['hour', 'case', c.id], queryFn: ({ signal }) => ask(api.GET('/sources/{id}/map', { signal, params: { path: { id: c.sourceId }, query: { from: c.from, to: c.to, asKnownOn: c.openedAt } } })), staleTime: 60_000 });
  const months = useQuery({ queryKey: ['hour', 'months', c.id], queryFn: async ({ signal }) => (await ask(api.GET('/sources/{id}/months', { signal, params: { path: { id: c.sourceId }, query: { from: c.from, to: c.to, asKnownOn: c.openedAt } } }))).items, staleTime: 60_000 });
  if (!hours.data || !months.data) return <>…</>;
  const mass = months.data.reduce((s, m) => s + Number(m.massTonnes), 0);
  const percent = mass === 0 ? 0 : months.data.reduce((s, m) => s + Number(m.massTonnes) * Number(m.uncertaintyPercent ?? 0), 0) / mass;
  const sum = plusMinus(mass, percent);
  const n = (letter: string) => hours.data.statuses.split(letter).length - 1;
  return <><b title={`${mass.toFixed(6)} t`}>{sum.value} ± {sum.uncertainty} t</b>: {whole(n('M'))} hours measured{n('I') > 0 && ', '}{n('I') > 0 && `${whole(n('I'))} not running`}{n('S') > 0 && `, ${whole(n('S'))} substituted`}{n('X') > 0 && `, ${whole(n('X'))} missing`}</>;
}

function counted(list: Finding[]) {
  const open = (s: Finding['severity']) => list.filter((f) => f.severity === s && !f.clearedBy).length;
  const words = [open('BLOCKING') && `${open('BLOCKING')} blocking`, open('WARNING') && count(open('WARNING'), 'warning'), open('INFO') && count(open('INFO'), 'note')].filter(Boolean);
  return words.length > 0 ? words.join(', ') : list.length > 0 ? 'all cleared' : undefined;
}

/** The values behind a finding, but those its sentence names already. */
const evidence = (f: Finding) => Object.entries(f.evidence).filter(([, v]) => !f.message.includes(v));

const WEIGHT = { BLOCKING: 0, WARNING: 1, INFO: 2 };

function FindingTable({ list, open, source }: { list: Finding[]; open: boolean; source: string }) {
  const { may } = useAccess();
  const clears = may('VERIFIER') && open && list.some((f) => f.severity === 'BLOCKING' && !f.clearedBy);
  return (
    <Table label="Findings" columns={['Weight', 'Check', 'What', 'Hour', ...(clears ? ['Decide'] : [])]}>
      {[...list].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]).map((f) => {
        const start = `${f.hourId.split('/')[1]?.replace('Z', '')}:00:00Z`;
        return (
          <tr key={f.id}>
            <Cell of="Weight"><State of={f.clearedBy ? 'CLEARED' : f.severity} /></Cell>
            <Cell of="Check">{check(f.checkId)}<span className="under">{f.checkVersion}</span></Cell>
            <Cell of="What">{f.message}{evidence(f).length > 0 && <span className="under">{evidence(f).map(([k, v]) => `${fact(k)}: ${worded(v)}`).join(' · ')}</span>}{f.clearedBy && <span className="under">Cleared by {f.clearedBy}: {f.clearedReason}</span>}</Cell>
            <Cell of="Hour"><Link to="/hours" search={{ source, year: Number(start.slice(0, 4)), hour: start }} className="nowrap">{hour(start)}</Link></Cell>
            {clears && <Cell of="Decide">{f.severity === 'BLOCKING' && !f.clearedBy && (
              <Act label="Clear…" title="Clear this finding" confirm="Clear it" touches={['case']} fields={[{ name: 'reason', label: 'Why it does not stand in the way', kind: 'long' }]} summary={() => <>{f.message} Your name and reason stay with it and go into the batch.</>}
                run={(v) => ask(api.POST('/findings/{id}/clear', { params: { path: { id: f.id } }, body: { reason: v.reason } }))} />
            )}</Cell>}
          </tr>
        );
      })}
    </Table>
  );
}

/** The verifier's signature, or the way to give it. */
function Word({ of: c, source, findings }: { of: Case; source?: Source; findings: Finding[] }) {
  const { me, may } = useAccess();
  const blocking = findings.filter((f) => f.severity === 'BLOCKING' && !f.clearedBy).length;
  const s = c.signature;
  if (s) {
    return (
      <Card title={c.status === 'SIGNED' ? 'Accepted and signed' : 'Refused and signed'}>
        <Facts of={{
          Verifier: s.verifierId, Signed: second(s.at), ...(s.reason ? { Reason: s.reason } : {}), 'Signature, ECDSA P-256': <Hash of={s.signature} />, 'Public key': <Hash of={s.publicKey} />,
        }} />
        <details><summary>The statement that was signed, word for word</summary><pre className="statement">{s.statement}</pre></details>
      </Card>
    );
  }
  const independent = me && me.id !== c.openedBy && me.organisation !== source?.operatorId;
  return (
    <Card title="The verifier’s word">
      {!may('VERIFIER') ? <p className="muted">This case waits for a verifier of another organisation than {source?.operatorId ?? 'the operator'}. The verifier signs with a key of the verifier’s own.</p>
        : !independent ? <p>You or your organisation have a part in this case, so another verifier must sign it.</p>
          : !me.signingKey ? <p>No public key is registered for you. An administrator registers your P-256 key, then you can sign.</p>
            : (
              <>
                <p className="muted">You sign with your own P-256 key. The key file is read in this browser for the moment of signing and is never sent. {blocking > 0 && <b>{count(blocking, 'blocking finding')} must be cleared before the case can be accepted.</b>}</p>
                <div className="bar"><Sign of={c} accept /><Sign of={c} accept={false} /></div>
              </>
            )}
    </Card>
  );
}

function Sign({ of: c, accept }: { of: Case; accept: boolean }) {
  const run = async (v: Record<string, string>, _: string, files: Record<string, File>) => {
    const path = { id: c.id };
    const { statement } = await ask(api.GET('/cases/{id}/statement', { params: { path, query: { accept, reason: v.reason } } }));
    const told = JSON.parse(statement) as { case: string; hoursRoot: string; verdict: string };
    // What is signed must be what is on the page.
    if (told.case !== c.id || told.hoursRoot !== c.hoursRoot || told.verdict !== (accept ? 'ACCEPT' : 'REFUSE')) throw new Error('The server’s statement speaks of something else than this page shows; nothing was signed');
    return ask(api.POST('/cases/{id}/signature', { params: { path }, body: { accept, reason: v.reason, signature: await sign(await files.key.text(), statement) } }));
  };
  return (
    <Act label={accept ? 'Accept and sign…' : 'Refuse and sign…'} primary={accept} danger={!accept} title={accept ? 'Accept this case' : 'Refuse this case'} confirm={accept ? 'Sign' : 'Sign the refusal'} touches={['case', 'batch']}
      fields={[{ name: 'reason', label: accept ? 'Remark (optional)' : 'Reason', kind: 'long', optional: accept }, { name: 'key', label: 'Your private key file', kind: 'file', hint: 'P-256, PKCS#8 (PEM or base64). It stays in this browser.' }]}
      summary={() => <>{accept ? 'You state that these hours are right' : 'You state that these hours are not right'}: {whole(c.hourIds.length)} hours, {hour(c.from)} to {hour(c.to)}, root <span className="mono">{c.hoursRoot.slice(0, 16)}…</span>. A signature cannot be taken back.</>}
      run={run} />
  );
}

/** After the signature: the batch under one root, and its anchor. */
function OnChain({ of: c }: { of: Case }) {
  const { has, may } = useAccess();
  const batches = useQuery({ ...q.batches(), enabled: has('HourBatches') });
  const batch = batches.data?.find((b) => b.caseId === c.id);
  if (!has('HourBatches') || c.status !== 'SIGNED') return null;
  return (
    <Card title="Batch on chain">
      {!batch ? (
        <><p className="muted">The verified hours are not sealed yet. Sealing puts them under one Merkle root, encrypts the evidence, and anchors the root on chain.</p>
          {may('ADMINISTRATOR', 'OPERATOR') && <Act label="Seal…" title="Seal the batch" confirm="Seal and anchor" primary touches={['batch', 'effect']} summary={() => `${whole(c.hourIds.length)} hours under one root, anchored on chain. A batch cannot be changed afterwards.`} run={() => ask(api.POST('/batches', { body: { caseId: c.id } }))} />}</>
      ) : <BatchFacts of={batch} />}
    </Card>
  );
}

function BatchFacts({ of: b }: { of: Batch }) {
  const { has, may } = useAccess();
  const reads = has('Ledger') && may('ADMINISTRATOR', 'AUDITOR', 'OPERATOR', 'VERIFIER');
  const anchor = useQuery({ queryKey: ['effect', 'key', b.anchorKey], queryFn: async ({ signal }) => (await ask(api.GET('/effects', { signal, params: { query: { key: b.anchorKey } } }))).items[0] ?? null, enabled: reads, refetchInterval: (x) => (x.state.data?.status === 'DONE' ? false : 1000) });
  const a = anchor.data;
  return <Facts of={{
    Batch: <span className="mono">{b.id}</span>, Sealed: second(b.sealedAt), 'Merkle root': <Hash of={b.root} />, 'Encrypted evidence (CID)': <Hash of={b.cid} />,
    ...(reads ? { Anchor: a ? <><State of={a.status} word={a.block !== null ? `In block ${whole(a.block)}` : undefined} /> {a.transaction && <Hash of={a.transaction} />} {a.reason}</> : '…' } : {}),
  }} />;
}
