import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useAccess } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import { Act } from '../../components/Act';
import { count, exact, plusMinus, second, tonnes, whole } from '../../components/format';
import { Asked, Card, Page, State } from '../../components/parts';
import { DayTable } from './DayTable';
import { Derivation } from './Derivation';
import { ForecastCard } from './ForecastCard';
import { HeatMap, told } from './HeatMap';
import { type Cell, days, knownOn, newest } from './heat';

const route = getRouteApi('/hours');

/** What did we emit, how sure, and why? */
export function Hours() {
  const search = route.useSearch();
  const go = route.useNavigate();
  const { may, has } = useAccess();
  const [over, setOver] = useState<Cell>();
  const sources = useQuery(q.sources());
  const source = sources.data?.find((s) => s.id === search.source) ?? sources.data?.[0];
  const year = search.year ?? Number((source?.newestHour ?? new Date().toISOString()).slice(0, 4));
  const map = useQuery({
    queryKey: ['hour', 'map', source?.id, year, search.known],
    queryFn: async ({ signal }) => days(await ask(api.GET('/sources/{id}/map', { signal, params: { path: { id: source!.id }, query: { from: `${year}-01-01T00:00:00Z`, to: `${year + 1}-01-01T00:00:00Z`, asKnownOn: search.known } } }))),
    enabled: !!source, placeholderData: keepPreviousData,
  });
  const months = useQuery({ ...q.months(source?.id ?? '', year), enabled: !!source });
  const chosen = search.hour ?? newest(map.data ?? []);
  const set = (next: Partial<typeof search>) => void go({ search: { ...search, source: source?.id, ...next }, replace: true });
  if (sources.data?.length === 0) return <Page title="Emissions"><Card><div className="empty">No emission source yet. An operator adds one with PUT /api/v1/sources/{'{id}'}; its hours follow from the readings by themselves.</div></Card></Page>;
  const cells = map.data?.flatMap((d) => d.cells) ?? [];
  const highest = Math.max(0, ...cells.map((c) => c.mass ?? 0));
  return (
    <Page title={source ? `${source.name}, ${year}` : 'Emissions'} sub={<Sum known={search.known} months={months.data ?? []} ruleBook={source ? `${source.ruleBook}, method ${source.method}` : ''} cells={cells} />}
      side={<>
        <NativeSelect label="Source" size="xs" value={source?.id ?? ''} data={sources.data?.map((s) => ({ value: s.id, label: s.name })) ?? []} onChange={(e) => void go({ search: { source: e.currentTarget.value, as: search.as }, replace: true })} />
        <NativeSelect label="Year, UTC" size="xs" value={String(year)} data={Array.from({ length: 8 }, (_, i) => String(Number((source?.newestHour ?? new Date().toISOString()).slice(0, 4)) + 1 - i))} onChange={(e) => set({ year: Number(e.currentTarget.value), hour: undefined })} />
        <Known key={search.known ?? ''} known={search.known} set={(known) => set({ known })} />
        {source && may('ADMINISTRATOR') && chosen && <Recompute source={source.id} hour={chosen} />}
      </>}>
      {search.known && <div className="banner" role="status"><span>As it was known on {second(search.known)}; later corrections are left out.</span> <button type="button" className="link" onClick={() => set({ known: undefined })}>Show what is known now</button></div>}
      <Card title={<>Tonnes of CO₂ by hour</>} note={<>
        <span className="legend">
          <span>0 <span className="ramp">{Array.from({ length: 9 }, (_, i) => <i key={i} style={{ background: `var(--ramp-${i})` }} />)}</span> {highest > 0 && `${tonnes(String(highest))} t`}</span>
          <span><span className="swatch hatched" />missing</span><span><span className="swatch" style={{ borderBottom: '3px solid var(--warn)' }} />substituted</span>
        </span>
        <span className="num nowrap">{told(over ?? cells.find((c) => c.start === chosen))}</span>
        <span className="segments" role="group" aria-label="Show hours as">{([[undefined, 'Map'], ['table', 'Table']] as const).map(([as, label]) => <Link key={label} from="/hours" search={(old) => ({ ...old, as })} replace className={search.as === as ? 'active' : undefined} activeProps={{}} aria-current={search.as === as ? 'true' : undefined}>{label}</Link>)}</span>
      </>}>
        <Asked query={map} height={290} empty={(d) => (d.length === 0 ? `No hour of ${source?.name} is accounted in ${year}. Choose another year${source?.newestHour ? `; the newest is ${source.newestHour.slice(0, 10)}` : ''}.` : null)}>
          {(d) => (search.as === 'table' && source && chosen
            ? <DayTable source={source.id} day={chosen.slice(0, 10)} known={search.known} chosen={chosen} onChoose={(hour) => set({ hour })} />
            : <HeatMap days={d} chosen={chosen} onChoose={(hour) => set({ hour })} onHover={setOver} />)}
        </Asked>
      </Card>
      {source && has('Forecasts') && !search.known && <ForecastCard source={source.id} newest={source.newestHour} />}
      {source && chosen && cells.length > 0 && <Derivation source={source} hour={chosen} known={search.known} setKnown={(known) => set({ known, hour: chosen })} />}
    </Page>
  );
}

/** 'As known on': the figures without what was corrected later. */
function Known({ known, set }: { known?: string; set: (known: string | undefined) => void }) {
  const [text, setText] = useState(known ? second(known) : '');
  const [wrong, setWrong] = useState(false);
  const take = () => {
    if (text.trim() === '') { setWrong(false); if (known) set(undefined); return; }
    const found = knownOn(text);
    setWrong(found === null);
    if (found !== null && found !== known) set(found);
  };
  return <TextInput label="As known on, UTC" size="xs" placeholder="now" value={text} onChange={(e) => setText(e.currentTarget.value)} onBlur={take} onKeyDown={(e) => { if (e.key === 'Enter') take(); }} error={wrong ? 'Like 2026-01-14 09:42Z' : undefined} w={170} autoComplete="off" />;
}

function Sum({ months, cells, ruleBook, known }: { months: { massTonnes: string; uncertaintyPercent: string | null; hours: number }[]; cells: Cell[]; ruleBook: string; known?: string }) {
  const hours = cells.filter((c) => c.status !== null);
  const missing = hours.filter((c) => c.status === 'MISSING').length;
  const substituted = hours.filter((c) => c.status === 'SUBSTITUTED').length;
  const idle = hours.filter((c) => c.status === 'IDLE').length;
  const mass = months.reduce((s, m) => s + Number(m.massTonnes), 0);
  const percent = mass === 0 ? 0 : months.reduce((s, m) => s + Number(m.massTonnes) * Number(m.uncertaintyPercent ?? 0), 0) / mass;
  const sum = plusMinus(mass, percent);
  if (hours.length === 0) return <>{' '}</>;
  return <>{!known && <><b title={`${exact(mass.toFixed(6))} t, ± ${percent.toFixed(2)} % (95 %, k = 2)`}>{sum.value} ± {sum.uncertainty} t CO₂</b> from </>}{count(hours.length, 'hour')}: {whole(hours.length - missing - substituted - idle)} measured, {idle} not running{substituted > 0 && <>, {substituted} substituted</>}{missing > 0 && <>, <State of="MISSING" word={`${missing} missing`} /></>}. Rule book {ruleBook}.</>;
}

function Recompute({ source, hour }: { source: string; hour: string }) {
  const day = hour.slice(0, 10);
  return (
    <Act label="Compute again…" title="Compute hours again with the rule book now in service" confirm="Compute again" touches={['hour', 'source']}
      fields={[{ name: 'from', label: 'From, first hour, UTC', initial: `${day}T00:00:00Z` }, { name: 'to', label: 'To, UTC (not included)', initial: new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().replace('.000Z', 'Z') }, { name: 'reason', label: 'Reason', hint: 'It stands on every new version.' }]}
      summary={() => 'An hour whose outcome differs gets a new version; the old ones stay. Hours in a signed case keep the version that was signed.'}
      run={(v) => ask(api.POST('/sources/{id}/recompute', { params: { path: { id: source } }, body: { from: v.from, to: v.to, reason: v.reason } }))} />
  );
}
