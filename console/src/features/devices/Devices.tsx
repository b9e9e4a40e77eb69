import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { q } from '../../api/queries';
import { deviceState } from '../../components/devices';
import { ago, count, instant } from '../../components/format';
import { Asked, Card, Cell, Page, State, Table } from '../../components/parts';
import { channel, protocol, spelled } from '../../components/words';

/** Is every device reporting? */
export function Devices() {
  const devices = useQuery({ ...q.devices(), refetchInterval: 10_000 });
  const profiles = useQuery(q.profiles()).data;
  const states = devices.data?.map((d) => deviceState(d, profiles?.find((p) => p.id === d.profileId), devices.dataUpdatedAt)) ?? [];
  const quiet = states.filter((s) => s === 'LATE' || s === 'SILENT').length;
  return (
    <Page title="Devices" sub={devices.data ? `${count(devices.data.length, 'device')}${quiet > 0 ? `, ${quiet} late or silent` : ''}` : ' '}>
      <Card flush>
        <Asked query={devices} empty={(d) => (d.length === 0 ? 'No device yet. An operator adds one with the shell (carbomt:device-add) or PUT /api/v1/devices/{id}.' : null)}>
          {(d) => (
            <Table label="Devices" columns={['Device', 'State', 'Site', 'Hardware profile', 'Last heard', 'Remarks']}>
              {d.map((x, i) => (
                <tr key={x.id}>
                  <Cell of="Device" wide><Link to="/devices/$id" params={{ id: x.id }}>{x.name}</Link><span className="under mono">{x.id}</span></Cell>
                  <Cell of="State"><State of={states[i]} /></Cell>
                  <Cell of="Site">{spelled(x.siteId)}</Cell>
                  <Cell of="Hardware profile">{profiles?.find((p) => p.id === x.profileId)?.title ?? x.profileId}</Cell>
                  <Cell of="Last heard">{x.lastSeen ? <span className="nowrap" title={instant(x.lastSeen.receivedAt)}>{ago(x.lastSeen.receivedAt, devices.dataUpdatedAt)}<span className="under">by {protocol(x.lastSeen.protocol)}</span></span> : 'never'}</Cell>
                  <Cell of="Remarks">{x.syntheticChannels.length > 0 && <><State of="SYNTHETIC" /> {x.syntheticChannels.map(channel).join(', ')}</>}</Cell>
                </tr>
              ))}
            </Table>
          )}
        </Asked>
      </Card>
    </Page>
  );
}
