import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { get } from '../../api/client';
import { useLiveEvents } from '../../api/live';
import type { Device, Issuance, Page, Retirement, Status } from '../../api/types';
import { instant, whole } from '../../components/format';
import { Asked, Card, Figure } from '../../components/parts';

/** What needs me, and what comes in right now. */
export function Overview() {
  const status = useQuery({ queryKey: ['status'], queryFn: ({ signal }) => get<Status>('/status', signal), refetchInterval: 5000 });
  const devices = useQuery({ queryKey: ['device'], queryFn: ({ signal }) => get<Page<Device>>('/devices', signal) });
  const quarantine = useQuery({ queryKey: ['quarantine'], queryFn: ({ signal }) => get<Page<{ id: string; status: string }>>('/quarantine?limit=100', signal) });
  const issuances = useQuery({ queryKey: ['credit'], queryFn: ({ signal }) => get<Page<Issuance>>('/issuances', signal) });
  const retirements = useQuery({ queryKey: ['effect', 'retirements'], queryFn: ({ signal }) => get<Page<Retirement>>('/retirements', signal) });
  const events = useLiveEvents();
  const absent = Object.entries(status.data?.parts ?? {}).filter(([, there]) => !there).map(([name]) => name);
  const held = quarantine.data?.items.filter((q) => q.status === 'HELD').length ?? 0;
  const issued = issuances.data?.items.filter((i) => i.status === 'DONE').reduce((sum, i) => sum + i.tonnes, 0);
  const retired = retirements.data?.items.filter((r) => r.status === 'DONE').reduce((sum, r) => sum + r.tonnes, 0);
  return (
    <>
      <h1>Overview</h1>
      {absent.length > 0 && <div className="banner" role="status">Absent in this container: {absent.join(', ')}. The rest works.</div>}
      {held > 0 && <div className="banner" role="status">{held} {held === 1 ? 'message waits' : 'messages wait'} in quarantine for a person to look at.</div>}
      <div className="grid">
        <Figure label="Readings' journal, entries" value={status.data?.journal ? whole(status.data.journal.nextSequence) : '—'} note="durable, chained by hash" />
        <Figure label="Devices heard" value={devices.data ? `${devices.data.items.filter((d) => d.lastSeen).length} of ${devices.data.items.length}` : '—'} note={<Link to="/devices">all devices</Link>} />
        <Figure label="Credits issued, t CO₂e" value={issued === undefined ? '—' : whole(issued)} note={<Link to="/credits">issuances</Link>} />
        <Figure label="Credits retired, t CO₂e" value={retired === undefined ? '—' : whole(retired)} note="for ever" />
      </div>
      <Card title="Live">
        {events.length === 0 ? <div className="empty">Nothing has happened since this page was opened. Readings, hours and transactions appear here as they come.</div> : (
          <div className="scroll" aria-live="polite">
            <table>
              <thead><tr><th>Time, UTC</th><th>What</th><th>Of</th><th>Values</th></tr></thead>
              <tbody>{events.slice(0, 25).map((e, i) => <tr key={`${e.at}${e.subject}${i}`}><td className="mono">{instant(e.at)}</td><td>{e.topic}</td><td className="mono">{e.subject}</td><td className="muted">{Object.entries(e.values).slice(0, 5).map(([k, v]) => `${k} ${String(v)}`).join(' · ')}</td></tr>)}</tbody>
            </table>
          </div>
        )}
      </Card>
      <Asked query={status} height={40}>{(s) => <p className="muted">Version {s.version}, server time {instant(s.time)}.</p>}</Asked>
    </>
  );
}
