import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { get } from '../../api/client';
import type { Device, Profile, Readings } from '../../api/types';
import { Chart } from '../../components/Chart';
import { instant } from '../../components/format';
import { Asked, Card, Facts, State } from '../../components/parts';

const route = getRouteApi('/devices/$id');
const SPANS: Record<string, number> = { '6 h': 6, '1 day': 24, '7 days': 168, '31 days': 744, '1 year': 8784 };

/** One device: who it is, and a channel over time, counted back from its newest reading. */
export function DevicePage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const go = route.useNavigate();
  const navigate = (next: { channel: string | undefined; span: string | undefined }) => go({ search: next });
  const device = useQuery({ queryKey: ['device', id], queryFn: ({ signal }) => get<Device & { newestReading?: string | null }>(`/devices/${id}`, signal) });
  const profile = useQuery({ queryKey: ['profile', device.data?.profileId], queryFn: ({ signal }) => get<Profile>(`/profiles/${device.data!.profileId}`, signal), enabled: !!device.data });
  const channel = search.channel ?? profile.data?.channels[0]?.name;
  const span = SPANS[search.span ?? ''] ? search.span! : '31 days';
  const end = device.data?.newestReading ?? device.data?.lastSeen?.receivedAt;
  const to = end ? new Date(Date.parse(end) + 60_000) : new Date();
  const from = new Date(to.getTime() - SPANS[span] * 3_600_000);
  const readings = useQuery({
    queryKey: ['reading', id, channel, from.toISOString()],
    queryFn: ({ signal }) => get<Readings>(`/devices/${id}/readings?channel=${channel}&from=${from.toISOString()}&to=${to.toISOString()}&buckets=400`, signal),
    enabled: !!channel && !!device.data,
  });
  return (
    <>
      <p><Link to="/devices">Devices</Link></p>
      <h1>{device.data?.name || id}</h1>
      <Card>
        <div className="bar">
          <label>Channel<br />
            <select value={channel ?? ''} onChange={(e) => void navigate({ channel: e.target.value, span })}>{profile.data?.channels.map((c) => <option key={c.name} value={c.name}>{c.name} ({c.unit})</option>)}</select>
          </label>
          <label>Span<br />
            <select value={span} onChange={(e) => void navigate({ channel, span: e.target.value })}>{Object.keys(SPANS).map((s) => <option key={s}>{s}</option>)}</select>
          </label>
          {readings.data && <State of={readings.data.grade} />}
        </div>
        <Asked query={readings} height={280} empty={(r) => (r.buckets.every((b) => b.count === 0) ? `No reading of ${channel} between ${instant(from.toISOString())} and ${instant(to.toISOString())}.` : null)}>
          {(r) => <Chart buckets={r.buckets} unit={r.unit} label={`${channel} of ${id}, ${r.unit}, ${span}`} />}
        </Asked>
      </Card>
      <Card title="Facts">
        <Asked query={device}>{(d) => <Facts of={{ id: d.id, site: d.siteId, profile: d.profileId, 'last heard': d.lastSeen ? `${instant(d.lastSeen.receivedAt)} by ${d.lastSeen.protocol}, journal entry ${d.lastSeen.sequence}` : 'never', 'synthetic channels': d.syntheticChannels.join(', ') || 'none', 'accepts readings from': d.acceptFrom ?? 'the general limit on' }} />}</Asked>
      </Card>
    </>
  );
}
