import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import type { Entry, Hour, Source } from '../../api/types';
import { count, exact, hour as hourText, hourAfter, instant, number, plusMinus, second, TONNES_PER_SHORT_TON, whole } from '../../components/format';
import { Asked, Card, Empty, Facts, Hash, Scroll, State } from '../../components/parts';
import { channel, check, protocol, reason, step, unit } from '../../components/words';
import { equation } from './equation';

const SHOWN_ROWS = 12;
const FEW_ROWS = 4;
const parts = (h: Hour) => ({ source: h.sourceId, hour: h.id.split('/')[1], version: h.version });

/** How the figure of one hour was made: its value, the rule, the steps, the readings, its versions, and what speaks against it. */
export function Derivation({ source, hour, known, setKnown }: { source: Source; hour: string; known?: string; setKnown: (known: string | undefined) => void }) {
  const found = useQuery({
    queryKey: ['hour', 'one', source.id, hour, known],
    queryFn: async ({ signal }) => (await ask(api.GET('/sources/{id}/hours', { signal, params: { path: { id: source.id }, query: { from: hour, to: hourAfter(hour), asKnownOn: known } } }))).hours[0] ?? null,
  });
  return (
    <div className="two">
      <Card title="How this hour was derived" note={hourText(hour)}>
        <Asked query={found} height={220} empty={(h) => (h === null ? 'There is no record of this hour. It is made when its readings, or those of a later hour, have come.' : null)}>{(h) => h && <Made hour={h} />}</Asked>
      </Card>
      <div>
        {found.data && <Versions hour={found.data} known={known} setKnown={setKnown} />}
        {found.data && <Readings hour={found.data} source={source} />}
        {found.data && <Findings hour={found.data} />}
      </div>
    </div>
  );
}

function Made({ hour: h }: { hour: Hour }) {
  const t = Number(h.massShortTons ?? 0) * TONNES_PER_SHORT_TON;
  const sum = plusMinus(t, Number(h.uncertaintyPercent ?? 0));
  const formula = equation(h);
  return (
    <>
      <p className="bar" style={{ alignItems: 'center' }}>
        <span className="figure">{h.massShortTons === null ? '—' : sum.value}{h.massShortTons !== null && <span className="unit"> ± {sum.uncertainty} t CO₂</span>}</span> <State of={h.status} /> {h.grade !== 'MEASURED' && <State of={h.grade} />}
      </p>
      {h.massShortTons === null ? <p>{reason(h.reason)}. A missing hour is never counted as zero.</p> : <p className="muted">{exact(h.massShortTons)} short tons by the rule; ± {h.uncertaintyPercent} % (95 %, k = 2); 1 short ton = 0.90718474 t.</p>}
      {h.grade !== 'MEASURED' && <p className="muted">{h.grade === 'SYNTHETIC' ? 'At least one input is made up for the demonstration' : 'At least one input comes from an indicative sensor'}: this hour can never carry a credit.</p>}
      {formula && <p className="mono" style={{ background: 'var(--ground)', border: '1px solid var(--line)', borderRadius: 6, padding: '6px 8px' }}>{formula}</p>}
      <table className="steps"><caption className="muted" style={{ textAlign: 'left', padding: '4px 0' }}>Every value on the way</caption><tbody>
        {Object.entries(h.steps).map(([name, value]) => { const s = step(name); return <tr key={name}><td>{s.label}</td><td className="num">{exact(value)}</td><td className="muted">{s.unit}</td></tr>; })}
      </tbody></table>
      <h3>Rule</h3>
      <Facts of={{ Clause: h.clause, 'Rule book': h.ruleBook, Method: h.method, ...(h.reason && h.massShortTons !== null ? { 'Why this version': reason(h.reason) } : {}), 'Leaf in the batch': <Hash of={h.leaf} /> }} />
    </>
  );
}

function Versions({ hour: h, known, setKnown }: { hour: Hour; known?: string; setKnown: (known: string | undefined) => void }) {
  const history = useQuery({ queryKey: ['hour', 'history', h.sourceId, h.hourStart], queryFn: async ({ signal }) => (await ask(api.GET('/sources/{id}/hours/{hour}/history', { signal, params: { path: { id: h.sourceId, hour: h.hourStart } } }))).hours });
  return (
    <Card title="Versions" note={history.data && count(history.data.length, 'version')} flush>
      <Asked query={history} height={60}>
        {(list) => (
          <Scroll label="Versions"><table><thead><tr><th scope="col">Version</th><th scope="col">Known on, UTC</th><th scope="col" className="num">Short tons</th><th scope="col">Rule book</th></tr></thead><tbody>
            {[...list].reverse().map((v, i) => (
              <tr key={v.version} className={v.version === h.version ? 'chosen' : undefined}>
                <td>{v.version === h.version ? <b>{v.version}</b> : <button type="button" className="link" onClick={() => setKnown(i === 0 ? undefined : hourAfter(v.recordedAt, 1 / 3600))}>{v.version}</button>}</td>
                <td>{second(v.recordedAt)}{v.reason && <span className="under">{reason(v.reason)}</span>}</td><td className="num">{v.massShortTons === null ? '—' : exact(v.massShortTons)}</td><td>{v.ruleBook}</td>
              </tr>
            ))}
          </tbody></table></Scroll>
        )}
      </Asked>
      {known && h.version < (history.data?.at(-1)?.version ?? 0) && <p className="muted" style={{ padding: '0 12px' }}>A later version exists.</p>}
    </Card>
  );
}

function Readings({ hour: h, source }: { hour: Hour; source: Source }) {
  const entries = useQuery({ queryKey: ['hour', 'derivation', h.id], queryFn: async ({ signal }) => (await ask(api.GET('/hours/{source}/{hour}/{version}/derivation', { signal, params: { path: parts(h) } }))).items, staleTime: 60_000 });
  const devices = useQuery(q.devices()).data;
  const used = new Set(Object.values(source.inputs).map((r) => `${r.deviceId}/${r.channel}`));
  return (
    <Card title="Readings it rests on" note={entries.data && count(entries.data.length, 'journal entry', 'journal entries')}>
      <Facts of={{ 'Readings root': <Hash of={h.readingsRoot} /> }} />
      <Asked query={entries} height={80} empty={(e) => (e.length === 0 ? 'No reading of this hour is in the journal.' : null)}>
        {(list) => <>{list.slice(0, 20).map((e) => <EntryRows key={e.sequence} entry={e} hour={h.hourStart} used={used} name={devices?.find((d) => d.id === e.deviceId)?.name ?? e.deviceId} />)}{list.length > 20 && <p className="muted">and {whole(list.length - 20)} more entries</p>}</>}
      </Asked>
    </Card>
  );
}

function EntryRows({ entry: e, hour, used, name }: { entry: Entry; hour: string; used: Set<string>; name: string }) {
  const end = hourAfter(hour);
  const rows = e.times.map((t, i) => ({ t, i })).filter(({ t }) => t >= hour && t < end);
  const of = (name: string, i: number) => { const v = e.values[name]?.[i]; return v === null || v === undefined ? '—' : number(v, 6); };
  const channels = e.channels.filter((c) => used.has(`${e.deviceId}/${c.name}`));
  return (
    <div style={{ marginTop: 10 }}>
      <div><b>Entry {whole(e.sequence)}</b> <Link to="/devices/$id" params={{ id: e.deviceId }}>{name}</Link></div>
      <div className="muted">{protocol(e.protocol)}, received {instant(e.receivedAt)}, {e.profile}, leaf <Hash of={e.leaf} /></div>
      <Scroll label={`Readings of entry ${e.sequence}`}>
        {rows.length <= FEW_ROWS ? (
          <table className="steps"><tbody>
            <tr><td>Measured</td>{rows.map(({ t }) => <td key={t} className="num">{t.slice(11, 19)}Z</td>)}<td /></tr>
            {channels.map((c) => <tr key={c.name}><td>{channel(c.name)}</td>{rows.map(({ i }) => <td key={i} className="num">{of(c.name, i)}</td>)}<td className="muted">{unit(c.unit)}</td></tr>)}
          </tbody></table>
        ) : (
          <table><thead><tr><th scope="col">Measured</th>{channels.map((c) => <th key={c.name} scope="col" className="num">{channel(c.name)}{unit(c.unit) && `, ${unit(c.unit)}`}</th>)}</tr></thead><tbody>
            {rows.slice(0, SHOWN_ROWS).map(({ t, i }) => <tr key={t}><td className="nowrap">{t.slice(11, 19)}Z</td>{channels.map((c) => <td key={c.name} className="num">{of(c.name, i)}</td>)}</tr>)}
          </tbody></table>
        )}
      </Scroll>
      {rows.length > SHOWN_ROWS && <p className="muted">and {rows.length - SHOWN_ROWS} more readings of this hour</p>}
    </div>
  );
}

function Findings({ hour: h }: { hour: Hour }) {
  const findings = useQuery({ queryKey: ['case', 'hour', h.id], queryFn: async ({ signal }) => (await ask(api.GET('/hours/{source}/{hour}/{version}/findings', { signal, params: { path: parts(h) } }))).items });
  return (
    <Card title="What speaks against it">
      <Asked query={findings} height={30}>
        {(list) => (list.length === 0 ? <Empty>No check found anything in this hour.</Empty> : <>{list.map((f) => <p key={f.id}><State of={f.clearedBy ? 'CLEARED' : f.severity} /> <b>{check(f.checkId)}</b> {f.message}{f.clearedBy && <span className="muted"> Cleared by {f.clearedBy}: {f.clearedReason}</span>}</p>)}</>)}
      </Asked>
    </Card>
  );
}
