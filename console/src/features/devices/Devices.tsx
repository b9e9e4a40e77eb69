import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { get } from '../../api/client';
import type { Device, Page } from '../../api/types';
import { ago, instant } from '../../components/format';
import { Asked, Card, State } from '../../components/parts';

/** Is every device reporting? */
export function Devices() {
  const devices = useQuery({ queryKey: ['device'], queryFn: ({ signal }) => get<Page<Device>>('/devices', signal), refetchInterval: 10_000 });
  return (
    <>
      <h1>Devices</h1>
      <Card>
        <Asked query={devices} empty={(d) => (d.items.length === 0 ? 'No device yet. Add one with the shell (carbomt:device-add) or PUT /api/v1/devices/{id}.' : null)}>
          {(d) => (
            <div className="scroll">
              <table>
                <thead><tr><th>Device</th><th>Site</th><th>Profile</th><th>Last heard</th><th>By</th><th>Notes</th></tr></thead>
                <tbody>
                  {d.items.map((x) => (
                    <tr key={x.id}>
                      <td><Link to="/devices/$id" params={{ id: x.id }} search={{ channel: undefined, span: undefined }}>{x.name || x.id}</Link><div className="mono muted">{x.id}</div></td>
                      <td>{x.siteId}</td><td className="mono">{x.profileId}</td>
                      <td>{x.lastSeen ? <span title={instant(x.lastSeen.receivedAt)}>{ago(x.lastSeen.receivedAt, devices.dataUpdatedAt)}</span> : 'never'}</td>
                      <td>{x.lastSeen?.protocol ?? '—'}</td>
                      <td>{x.syntheticChannels.length > 0 && <><State of="SYNTHETIC" /> {x.syntheticChannels.join(', ')}</>}{!x.enabled && ' disabled'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Asked>
      </Card>
    </>
  );
}
