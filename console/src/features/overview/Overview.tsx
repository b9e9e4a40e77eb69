import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAccess } from '../../api/access';
import { useLiveEvents } from '../../api/live';
import { q } from '../../api/queries';
import type { Month, Source } from '../../api/types';
import { deviceState } from '../../components/devices';
import { ago, count, exact, instant, money, plusMinus, second, whole } from '../../components/format';
import { Asked, Card, Cell, Empty, Figure, Page, State, Table } from '../../components/parts';
import { Values } from '../../components/Values';
import { protocol, TOPICS } from '../../components/words';
import { headline, type Need, needs } from './needs';
import { sentence } from './sentence';

const SHOWN_DEVICES = 8;
const SHOWN_EVENTS = 20;

/** What needs me, and what comes in right now? */
export function Overview() {
  const { has, may } = useAccess();
  const status = useQuery(q.status());
  const devices = useQuery({ ...q.devices(), enabled: has('Devices') });
  const profiles = useQuery({ ...q.profiles(), enabled: has('Profiles') });
  const held = useQuery({ ...q.quarantine(), enabled: has('Intake') && may('ADMINISTRATOR', 'OPERATOR', 'VERIFIER', 'AUDITOR') });
  const sources = useQuery({ ...q.sources(), enabled: has('Hours') });
  const cases = useQuery({ ...q.cases(), enabled: has('Verifications') });
  const batches = useQuery({ ...q.batches(), enabled: has('HourBatches') });
  const effects = useQuery({ ...q.effects(), enabled: has('Ledger') && may('ADMINISTRATOR', 'AUDITOR', 'OPERATOR', 'VERIFIER') });
  const sales = useQuery({ ...q.sales(), enabled: has('Sales') });
  const now = Math.max(devices.dataUpdatedAt, status.dataUpdatedAt);
  const asked = { 'the devices': devices, 'the quarantine': held, 'the cases': cases, 'the batches': batches, 'the chain': effects, 'the sales': sales };
  const waiting = Object.values(asked).some((x) => x.isLoading);
  const list = needs({
    unknown: Object.entries(asked).filter(([, x]) => x.error && x.data === undefined).map(([name]) => name),
    status: status.data, devices: devices.data, profiles: profiles.data, held: held.data, cases: cases.data, batches: batches.data, effects: effects.data, sales: sales.data, sources: sources.data, now,
    mine: { operates: may('ADMINISTRATOR', 'OPERATOR'), verifies: may('VERIFIER'), trades: may('TRADER') },
  });
  const heard = devices.data?.filter((d) => d.lastSeen) ?? [];
  const last = heard.map((d) => d.lastSeen!.receivedAt).sort().at(-1);
  return (
    <Page title={waiting ? 'Overview' : headline(list.length)} sub={devices.data ? `${heard.length} of ${count(devices.data.length, 'device')} heard${last ? `, the last reading came ${ago(last, now)}` : ''}` : ' '}>
      {list.length > 0 && <Needs list={list} />}
      <Figures />
      {has('Hours') && <Emissions sources={sources.data ?? []} asked={sources.isSuccess} />}
      {has('Devices') && <LatestReadings now={now} />}
      <Happening />
      {status.data && <p className="muted">CARBO MT {status.data.version}. All times are UTC.</p>}
    </Page>
  );
}

function Needs({ list }: { list: Need[] }) {
  const icons = { bad: IconExclamationCircle, warn: IconAlertTriangle, info: IconInfoCircle };
  return (
    <section className="card flush" aria-label="What needs a person"><ul className="needs">
      {list.map((n) => {
        const Icon = icons[n.tone];
        return <li key={n.key}><Icon size={18} className={n.tone} aria-hidden /><span><b>{n.subject}</b> {n.text}</span>{n.to !== '/' && <Link to={n.to} search={n.search as never}>{n.action}</Link>}</li>;
      })}
    </ul></section>
  );
}

function Figures() {
  const { has } = useAccess();
  const status = useQuery(q.status()).data;
  const issuances = useQuery({ ...q.issuances(), enabled: has('Credits') }).data;
  const retirements = useQuery({ ...q.retirements(), enabled: has('Credits') }).data;
  const cases = useQuery({ ...q.cases(), enabled: has('Verifications') }).data;
  const settled = useQuery({ ...q.sales(), enabled: has('Sales') }).data?.filter((s) => s.status === 'SETTLED');
  const sum = (of: { status: string; tonnes: number }[] | undefined) => of?.filter((x) => x.status === 'DONE').reduce((s, x) => s + x.tonnes, 0) ?? 0;
  const issued = sum(issuances);
  const retired = sum(retirements);
  const verified = cases?.filter((c) => c.status === 'SIGNED').reduce((n, c) => n + c.hourIds.length, 0);
  return (
    <div className="keys">
      <Figure label="Journal of readings" value={status?.journal ? whole(status.journal.nextSequence) : '—'} unit="entries" note="on disk, chained by hash" />
      {has('Verifications') && <Figure label="Verified" value={verified === undefined ? '—' : whole(verified)} unit="hours" note={cases ? `in ${count(cases.filter((c) => c.status === 'SIGNED').length, 'signed case')}` : ' '} />}
      {has('Credits') && <Figure label="Credits active" value={issuances && retirements ? whole(issued - retired) : '—'} unit="t CO₂" note={issuances && retirements ? `${whole(issued)} t issued, ${whole(retired)} t retired` : ' '} />}
      {has('Sales') && <Figure label="Last price" value={settled?.[0] ? money(settled[0].priceMinorPerTonne, settled[0].currency).split(' ')[0] : '—'} unit={settled?.[0] ? `${settled[0].currency}/t` : undefined} note={settled ? (settled.length === 0 ? 'nothing was sold yet' : `${whole(settled.reduce((n, s) => n + s.tonnes, 0))} t sold in ${count(settled.length, 'sale')}`) : ' '} />}
    </div>
  );
}

/** Mass and its uncertainty of a year of months; the errors of one instrument do not average out, so the percent is the mean weighted by mass. */
export function yearOf(months: Month[]) {
  const mass = months.reduce((s, m) => s + Number(m.massTonnes), 0);
  const percent = mass === 0 ? 0 : months.reduce((s, m) => s + Number(m.massTonnes) * Number(m.uncertaintyPercent ?? 0), 0) / mass;
  const hours = (status: string) => months.reduce((n, m) => n + (m.byStatus[status] ?? 0), 0);
  return { mass, percent, all: months.reduce((n, m) => n + m.hours, 0), missing: hours('MISSING'), grade: months.map((m) => m.grade).find((g) => g !== 'MEASURED') ?? 'MEASURED' as const, substituted: hours('SUBSTITUTED'), idle: hours('IDLE') };
}

function Emissions({ sources, asked }: { sources: Source[]; asked: boolean }) {
  const year = (s: Source) => Number((s.newestHour ?? new Date().toISOString()).slice(0, 4));
  const months = useQueries({ queries: sources.map((s) => ({ ...q.months(s.id, year(s)), enabled: s.newestHour !== null })) });
  return (
    <Card title="Emissions by source" flush note={<Link to="/hours">all hours</Link>}>
      {asked && sources.length === 0 ? <Empty>No emission source yet. An operator adds one with PUT /api/v1/sources/{'{id}'}; its hours follow from the readings by themselves.</Empty> : (
        <Table label="Emissions by source" columns={['Source', 'Year, UTC', '#t CO₂', '#Hours', 'Quality']}>
          {sources.map((s, i) => {
            const y = yearOf(months[i]?.data ?? []);
            const known = s.newestHour === null || months[i]?.data !== undefined;
            const sum = plusMinus(y.mass, y.percent);
            return (
              <tr key={s.id}>
                <Cell of="Source" wide><Link to="/hours" search={{ source: s.id }}>{s.name}</Link></Cell>
                <Cell of="Year, UTC">{s.newestHour ? year(s) : '—'}</Cell>
                <Cell of="t CO₂" num>{!known ? '…' : y.all === 0 ? '—' : <span title={`${exact(y.mass.toFixed(6))} t, ± ${y.percent.toFixed(2)} % (95 %, k = 2)`}>{sum.value} <span className="muted">± {sum.uncertainty}</span></span>}</Cell>
                <Cell of="Hours" num>{known ? whole(y.all) : '…'}</Cell>
                <Cell of="Quality">{!known ? '…' : y.all === 0 ? <span className="muted">no hour accounted yet</span> : y.grade !== 'MEASURED' ? <State of={y.grade} /> : y.missing > 0 ? <State of="MISSING" word={`${whole(y.missing)} missing`} /> : y.substituted > 0 ? <State of="SUBSTITUTED" word={`${whole(y.substituted)} substituted`} /> : <span className="state ok"><IconCircleCheck size={14} aria-hidden />No hour missing</span>}</Cell>
              </tr>
            );
          })}
        </Table>
      )}
    </Card>
  );
}

function LatestReadings({ now }: { now: number }) {
  const devices = useQuery(q.devices());
  const profiles = useQuery(q.profiles()).data;
  const shown = [...(devices.data ?? [])].sort((a, b) => (b.lastSeen?.receivedAt ?? '').localeCompare(a.lastSeen?.receivedAt ?? '')).slice(0, SHOWN_DEVICES);
  const latest = useQueries({ queries: shown.map((d) => q.latest(d.id)) });
  return (
    <Card title="Latest readings" flush note={<Link to="/devices">all devices</Link>}>
      <Asked query={devices} empty={(d) => (d.length === 0 ? 'No device yet. An operator adds one with the shell (carbomt:device-add) or PUT /api/v1/devices/{id}.' : null)}>
        {() => (
          <Table label="Latest readings" columns={['Device', 'State', 'Values', 'Measured', 'Received']}>
            {shown.map((d, i) => {
              const l = latest[i].data;
              const measured = l?.values.map((v) => v.time).sort().at(-1);
              return (
                <tr key={d.id}>
                  <Cell of="Device" wide><Link to="/devices/$id" params={{ id: d.id }}>{d.name}</Link></Cell>
                  <Cell of="State"><State of={deviceState(d, profiles?.find((p) => p.id === d.profileId), now)} /></Cell>
                  <Cell of="Values">{l ? <Values of={l.values} /> : '…'}</Cell>
                  <Cell of="Measured"><span className="nowrap">{measured ? instant(measured) : '—'}</span></Cell>
                  <Cell of="Received"><span className="nowrap">{d.lastSeen ? <span title={second(d.lastSeen.receivedAt)}>{ago(d.lastSeen.receivedAt, now)}</span> : '—'}</span>{d.lastSeen && <span className="under">{protocol(d.lastSeen.protocol)}</span>}</Cell>
                </tr>
              );
            })}
          </Table>
        )}
      </Asked>
    </Card>
  );
}

function Happening() {
  const { has } = useAccess();
  const events = useLiveEvents();
  const devices = useQuery({ ...q.devices(), enabled: has('Devices') }).data ?? [];
  const profiles = useQuery({ ...q.profiles(), enabled: has('Profiles') }).data ?? [];
  const sources = useQuery({ ...q.sources(), enabled: has('Hours') }).data ?? [];
  return (
    <Card title="As it happens" flush>
      {events.length === 0 ? <Empty>Nothing has happened since this page was opened. Readings, hours, cases and transactions appear here as they come.</Empty> : (
        <div role="log" aria-live="off" aria-label="Live events">
          <Table label="Live events" columns={['Time, UTC', 'Kind', 'Of', 'What']}>
            {events.slice(0, SHOWN_EVENTS).map((e, i) => {
              const { of, what } = sentence(e, { devices, profiles, sources });
              return <tr key={`${e.at}${e.topic}${e.subject}${i}`}><Cell of="Time, UTC"><span className="nowrap">{e.at ? second(e.at) : '—'}</span></Cell><Cell of="Kind">{TOPICS[e.topic] ?? e.topic}</Cell><Cell of="Of">{of}</Cell><Cell of="What">{what}</Cell></tr>;
            })}
          </Table>
        </div>
      )}
    </Card>
  );
}
