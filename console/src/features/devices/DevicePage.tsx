import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useAccess } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import { Chart } from '../../components/Chart';
import { deviceState } from '../../components/devices';
import { count, instant, second, whole } from '../../components/format';
import { Asked, Card, Cell, Facts, Page, State, Table } from '../../components/parts';
import { Values } from '../../components/Values';
import { channel as channelName, problem, protocol, spelled, unit } from '../../components/words';
import { buckets, SPANS, usualSpan } from './spans';

const route = getRouteApi('/devices/$id');

/** One device: what it says now, a channel over time, who it is, and what of it was not taken. */
export function DevicePage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const go = route.useNavigate();
  const { has, may } = useAccess();
  const device = useQuery({ queryKey: ['device', 'one', id], queryFn: ({ signal }) => ask(api.GET('/devices/{id}', { signal, params: { path: { id } } })) });
  const latest = useQuery(q.latest(id));
  const profiles = useQuery(q.profiles());
  const profile = profiles.data?.find((p) => p.id === device.data?.profileId);
  const channel = search.channel ?? profile?.channels[0]?.name;
  const span = SPANS[search.span ?? ''] ? search.span! : usualSpan(profile?.intervalMinutes ?? 0);
  // Recordings are years old: the chart ends with the newest reading, not now.
  const end = device.data?.newestReading ?? device.data?.lastSeen?.receivedAt;
  const to = new Date(end ? Date.parse(end) + 60_000 : Date.now()).toISOString();
  const from = new Date(Date.parse(to) - SPANS[span] * 3_600_000).toISOString();
  const readings = useQuery({
    queryKey: ['reading', id, channel, from],
    queryFn: ({ signal }) => ask(api.GET('/devices/{id}/readings', { signal, params: { path: { id }, query: { channel: channel!, from, to, buckets: buckets(SPANS[span], profile?.intervalMinutes ?? 0) } } })),
    enabled: !!channel && !!device.data && !!profile, placeholderData: keepPreviousData,
  });
  const taken = readings.data?.buckets.reduce((n, b) => n + b.count, 0) ?? 0;
  const show = (next: { channel?: string; span?: string }) => void go({ search: { channel, span, ...next }, replace: true });
  return (
    <Page title={device.data?.name ?? id} sub={<><Link to="/devices">All devices</Link>{device.data && <> · {spelled(device.data.siteId)} · {profile?.title ?? device.data.profileId}</>}</>} side={device.data && <State of={deviceState(device.data, profile, device.dataUpdatedAt)} />}>
      <Card title="Newest message" note={latest.data?.receivedAt ? <>received {second(latest.data.receivedAt)} by {protocol(latest.data.protocol ?? '')}</> : undefined}>
        <Asked query={latest} height={20} empty={(l) => (l.values.length === 0 ? 'This device was never heard. Its first message appears here as it comes.' : null)}>{(l) => <Values of={l.values} />}</Asked>
      </Card>
      <Card title={<>{channel ? channelName(channel) : 'Readings'} {readings.data && unit(readings.data.unit) && <span className="unit">{unit(readings.data.unit)}</span>}</>} note={readings.data && <>{readings.data.grade !== 'MEASURED' && <State of={readings.data.grade} />}{count(taken, 'reading')}, {instant(from)} to {instant(to)}</>}>
        <div className="bar" style={{ marginBottom: 10 }}>
          <NativeSelect label="Channel" size="xs" value={channel ?? ''} onChange={(e) => show({ channel: e.currentTarget.value })} data={profile?.channels.map((c) => ({ value: c.name, label: channelName(c.name) + (unit(c.unit) ? `, ${unit(c.unit)}` : '') })) ?? []} />
          <NativeSelect label="Span back from the newest reading" size="xs" value={span} onChange={(e) => show({ span: e.currentTarget.value })} data={Object.keys(SPANS)} />
        </div>
        <Asked query={readings} height={300} empty={(r) => (r.buckets.every((b) => b.count === 0) ? `No reading of ${channelName(channel ?? '')} between ${instant(from)} and ${instant(to)}. Choose a longer span or another channel.` : null)}>
          {(r) => <Chart buckets={r.buckets} name={channelName(channel!)} unit={unit(r.unit)} label={`${channelName(channel!)} of ${device.data?.name ?? id}, ${unit(r.unit)}, ${span} up to ${instant(to)}`} />}
        </Asked>
      </Card>
      <div className="two even">
        <Card title="Facts">
          <Asked query={device}>{(d) => <Facts of={{
            Id: <span className="mono">{d.id}</span>, Site: spelled(d.siteId), 'Hardware profile': profile ? `${profile.title} (${profile.id} ${profile.version})` : d.profileId,
            ...(profile && profile.intervalMinutes > 0 ? { 'Promised interval': `${profile.intervalMinutes} min` } : {}),
            'Last heard': d.lastSeen ? `${second(d.lastSeen.receivedAt)}, journal entry ${whole(d.lastSeen.sequence)}` : 'never',
            ...(d.newestReading ? { 'Newest reading': second(d.newestReading) } : {}),
            ...(d.addresses['lorawan.devAddr'] ? { 'Radio address': <span className="mono">{d.addresses['lorawan.devAddr']}</span> } : {}),
            'Synthetic channels': d.syntheticChannels.map(channelName).join(', ') || 'none',
            'Takes readings measured from': d.acceptFrom ? instant(d.acceptFrom) : 'the general limit of the intake',
          }} />}</Asked>
        </Card>
        {has('Intake') && may('ADMINISTRATOR', 'OPERATOR', 'VERIFIER', 'AUDITOR') && <NotTaken id={id} />}
      </div>
    </Page>
  );
}

function NotTaken({ id }: { id: string }) {
  const held = useQuery({ queryKey: ['quarantine', id], queryFn: async ({ signal }) => (await ask(api.GET('/quarantine', { signal, params: { query: { device: id, limit: 10 } } }))).items });
  return (
    <Card title="Not taken" flush note={<Link to="/quarantine">quarantine</Link>}>
      <Asked query={held} empty={(h) => (h.length === 0 ? 'Every message of this device was taken.' : null)}>
        {(h) => <Table label="Messages not taken" columns={['Came', 'Why', 'State']}>{h.map((x) => <tr key={x.id}><Cell of="Came"><span className="nowrap">{second(x.at)}</span></Cell><Cell of="Why">{problem(x.problem.code)}</Cell><Cell of="State"><State of={x.status as 'HELD'} /></Cell></tr>)}</Table>}
      </Asked>
    </Card>
  );
}
