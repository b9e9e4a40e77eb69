import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { get } from '../../api/client';
import type { Hour, Page, Source } from '../../api/types';
import { hour as hourText, instant, short, tonnes } from '../../components/format';
import { Asked, Card, Facts, State } from '../../components/parts';
import { HeatMap } from './HeatMap';
import { monthAfter } from './heat';

const route = getRouteApi('/hours');

/** What did we emit, how sure, and why? */
export function Hours() {
  const search = route.useSearch();
  const go = route.useNavigate();
  const sources = useQuery({ queryKey: ['source'], queryFn: ({ signal }) => get<Page<Source & { newestHour?: string | null }>>('/sources', signal) });
  const source = search.source ?? sources.data?.items[0]?.id;
  const newest = sources.data?.items.find((s) => s.id === source)?.newestHour;
  const month = search.month ?? (newest ?? new Date().toISOString()).slice(0, 7);
  const hours = useQuery({
    queryKey: ['hour', source, month],
    queryFn: ({ signal }) => get<{ hours: Hour[] }>(`/sources/${source}/hours?from=${month}-01T00:00:00Z&to=${monthAfter(month)}-01T00:00:00Z`, signal),
    enabled: !!source && !!sources.data,
  });
  const set = (next: { source?: string; month?: string; hour?: string }) => void go({ search: { source, month, hour: search.hour, ...next }, replace: true });
  const chosen = hours.data?.hours.find((h) => h.hourStart === search.hour);
  return (
    <>
      <h1>Emissions</h1>
      <div className="bar">
        <label>Source<br /><select value={source ?? ''} onChange={(e) => set({ source: e.target.value, month: undefined, hour: undefined })}>{sources.data?.items.map((s) => <option key={s.id} value={s.id}>{s.name}</option>)}</select></label>
        <label>Month, UTC<br /><input type="month" value={month} onChange={(e) => { if (/^\d{4}-\d{2}$/.test(e.target.value)) set({ month: e.target.value, hour: undefined }); }} /></label>
      </div>
      <div className="two">
        <Card title="CO₂ mass by hour">
          <Asked query={hours} height={372} empty={(h) => (h.hours.length === 0 ? `No hour of ${source ?? 'any source'} is accounted in ${month}. Choose another month.` : null)}>
            {(h) => (
              <>
                <Summary hours={h.hours} />
                <HeatMap month={month} hours={h.hours} chosen={search.hour} onChoose={(start) => set({ hour: start })} />
                <div className="legend">
                  <span><span className="swatch" style={{ background: 'var(--ramp-1)' }} />low</span><span><span className="swatch" style={{ background: 'var(--ramp-7)' }} />high</span>
                  <span><span className="swatch hatched" />missing, never zero</span><span><span className="swatch" style={{ borderBottom: '3px solid var(--warn)' }} />substituted</span>
                </div>
              </>
            )}
          </Asked>
        </Card>
        <Card title="Derivation">{chosen ? <Derivation hour={chosen} /> : <div className="empty">Choose an hour to see how its figure was made, down to the readings.</div>}</Card>
      </div>
    </>
  );
}

function Summary({ hours }: { hours: Hour[] }) {
  const count = (s: Hour['status']) => hours.filter((h) => h.status === s).length;
  const total = hours.reduce((sum, h) => sum + Number(h.massShortTons ?? 0), 0);
  return <p><b className="num">{tonnes(String(total))} t CO₂</b> <span className="muted">in {hours.length} hours: {count('MEASURED')} measured, {count('SUBSTITUTED')} substituted, {count('IDLE')} not running, {count('MISSING')} missing</span></p>;
}

function Derivation({ hour }: { hour: Hour }) {
  return (
    <>
      <p><b>{hourText(hour.hourStart)}</b> <State of={hour.status} /> {hour.grade !== 'MEASURED' && <State of={hour.grade} />}</p>
      {hour.massShortTons !== null
        ? <p className="figure">{tonnes(hour.massShortTons)} t CO₂ <span className="muted" style={{ fontSize: 13 }}>± {hour.uncertaintyPercent} % (k = 2) · {hour.massShortTons} short tons by the rule</span></p>
        : <p className="figure">— <span className="muted" style={{ fontSize: 13 }}>{hour.reason}</span></p>}
      <Facts of={{ Rule: `${hour.clause} (${hour.ruleBook}, ${hour.method})`, ...(hour.reason && hour.massShortTons !== null ? { 'Reason of this version': hour.reason } : {}) }} />
      <h2 style={{ marginTop: 12 }}>Steps</h2>
      <table><tbody>{Object.entries(hour.steps).map(([k, v]) => <tr key={k}><td>{k}</td><td className="num">{v}</td></tr>)}</tbody></table>
      <h2 style={{ marginTop: 12 }}>Readings</h2>
      <Facts of={{ 'Journal entries': hour.entries === 0 ? 'none' : `${hour.entries}, from number ${hour.firstSequence}`, 'Merkle root': <span className="mono" title={hour.readingsRoot}>{short(hour.readingsRoot)}</span>, Version: `${hour.version}, recorded ${instant(hour.recordedAt)}` }} />
    </>
  );
}
