import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client';
import type { Forecast } from '../../api/types';
import { count, hour as hourText, instant, number, TONNES_PER_SHORT_TON } from '../../components/format';
import { Asked, Card, Cell, Facts, Scroll, Table } from '../../components/parts';
import { methodWord, outline } from './forecast';

const t = (shortTons: number) => number(shortTons * TONNES_PER_SHORT_TON, 1);

/** What is expected in the hours after the newest one, by which method, and how well such forecasts did. Never a measurement. */
export function ForecastCard({ source, newest }: { source: string; newest: string | null }) {
  const found = useQuery({ queryKey: ['hour', 'forecast', source, newest], queryFn: async ({ signal }) => (await ask(api.GET('/sources/{id}/forecasts', { signal, params: { path: { id: source }, query: { limit: 30 } } }))).items });
  return (
    <Card title="Expected next" note={found.data?.[0] && <>{count(found.data[0].hours.length, 'hour')} from {hourText(found.data[0].hours[0].hourStart)} · tonnes of CO₂ an hour, not measured and never credited</>}>
      <Asked query={found} height={170} empty={(list) => (list.length === 0 ? 'No forecast. One is made within seconds of a new hour, when at least 24 days of hours are known.' : null)}>
        {(list) => <Shown forecast={list[0]} earlier={list.slice(1)} />}
      </Asked>
    </Card>
  );
}

function Shown({ forecast: f, earlier }: { forecast: Forecast; earlier: Forecast[] }) {
  const known = earlier.find((e) => e.realised !== null);
  return (
    <>
      <Band forecast={f} />
      <p className="muted">From 0 to {t(Math.max(...f.hours.map((h) => h.high)))} t; {hourText(f.hours[0].hourStart)} to {hourText(f.hours[f.hours.length - 1].hourStart)}, UTC. Dashed: the median; four of five hours are expected within the band.</p>
      <Facts of={{
        'Issued': instant(f.issuedAt), 'Method': `${methodWord(f.method)}, the best of ${f.judged.length} on this source's own past`, 'Model': <span className="mono">{f.model}</span>,
        ...(known?.realised ? { 'What became of an earlier one': `from ${hourText(known.hours[0].hourStart)}: off by ${t(known.realised.meanAbsoluteError)} t an hour, ${number(known.realised.withinPercent, 0)} % of ${count(known.realised.hours, 'hour')} within the band (80 % expected)` } : {}),
      }} />
      <Table label="Methods tried" columns={['Method', '#Loss, t', '#Off by, t', '#Within the band, %', '#Hours']}>
        {f.judged.map((j) => <tr key={j.method}><Cell of="Method" wide>{methodWord(j.method)}</Cell><Cell of="Loss, t" num>{t(j.pinball)}</Cell><Cell of="Off by, t" num>{t(j.meanAbsoluteError)}</Cell><Cell of="Within the band, %" num>{number(j.withinPercent, 0)}</Cell><Cell of="Hours" num>{j.hours}</Cell></tr>)}
      </Table>
      <details><summary>The hours in numbers</summary><Scroll label="Expected hours"><table><thead><tr><th scope="col">Hour, UTC</th><th scope="col" className="num">Low, t</th><th scope="col" className="num">Median, t</th><th scope="col" className="num">High, t</th></tr></thead><tbody>
        {f.hours.map((h) => <tr key={h.hourStart}><td className="nowrap">{hourText(h.hourStart)}</td><td className="num">{t(h.low)}</td><td className="num">{t(h.median)}</td><td className="num">{t(h.high)}</td></tr>)}
      </tbody></table></Scroll></details>
    </>
  );
}

const WIDTH = 600;
const HEIGHT = 120;

function Band({ forecast: f }: { forecast: Forecast }) {
  const lines = outline(f.hours, WIDTH, HEIGHT);
  const first = f.hours[0];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none" role="img" aria-label={`Expected ${t(first.median)} t in the first hour, 80 % between ${t(first.low)} and ${t(first.high)} t; the axis goes from 0 to ${t(lines.top)} t`}>
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
      <polygon points={lines.band} fill="var(--series-1)" opacity="0.2" />
      <polyline points={lines.median} fill="none" stroke="var(--series-1)" strokeWidth="1.5" strokeDasharray="5 3" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
