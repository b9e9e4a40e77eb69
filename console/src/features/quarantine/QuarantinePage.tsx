import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAccess } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import type { Held } from '../../api/types';
import { Act } from '../../components/Act';
import { count, second } from '../../components/format';
import { Asked, Card, Cell, Page, State, Table } from '../../components/parts';
import { plainTimes, problem, protocol } from '../../components/words';
import { payloadText } from './payload';

const route = getRouteApi('/quarantine');
const STATUSES = { HELD: 'Held', RELEASED: 'Released', DISCARDED: 'Discarded' } as const;

/** What was not taken, why, and what becomes of it. */
export function QuarantinePage() {
  const { status } = route.useSearch();
  const { may } = useAccess();
  const [said, setSaid] = useState<{ tone: 'ok' | 'bad'; text: string } | null>(null);
  const held = useQuery({ ...q.quarantine(), refetchInterval: 30_000 });
  const devices = useQuery(q.devices()).data;
  const mayDecide = may('ADMINISTRATOR', 'OPERATOR');
  const waiting = held.data?.filter((h) => h.status === 'HELD').length ?? 0;
  const name = (id: string) => devices?.find((d) => d.id === id)?.name;
  return (
    <Page title="Quarantine" sub={held.data ? (waiting === 0 ? 'No message waits' : `${count(waiting, 'message waits', 'messages wait')} for a person`) : ' '}
      side={<div className="segments" role="group" aria-label="Show">{[[undefined, 'All'], ...Object.entries(STATUSES)].map(([s, label]) => <Link key={label} to="/quarantine" search={{ status: s }} className={status === s ? 'active' : undefined} activeProps={{}} aria-current={status === s ? 'true' : undefined}>{label}</Link>)}</div>}>
      {said && <div className={`banner ${said.tone}`} role="status">{said.text}</div>}
      <Card flush>
        <Asked query={held} empty={(all) => (all.some((h) => !status || h.status === status) ? null : 'Nothing here. A message that cannot be read, is not plausible or comes from an unknown device is kept here with its reason, so that nothing is lost unseen.')}>
          {(all) => (
            <Table label="Quarantine" columns={['Came, UTC', 'Device', 'Why', 'Message', 'State', ...(mayDecide ? ['Decide'] : [])]}>
              {all.filter((h) => !status || h.status === status).map((h) => (
                <tr key={h.id}>
                  <Cell of="Came, UTC"><span className="nowrap">{second(h.at)}</span>{h.times > 1 && <span className="under">{h.times} times the same</span>}<span className="under">{protocol(h.protocol)}{h.source && ` from ${h.source}`}</span></Cell>
                  <Cell of="Device">{name(h.deviceId) ? <Link to="/devices/$id" params={{ id: h.deviceId }}>{name(h.deviceId)}</Link> : <span className="mono">{h.deviceId || 'unknown'}</span>}</Cell>
                  <Cell of="Why"><b>{problem(h.problem.code)}</b><span className="under">{h.problem.field && <>{h.problem.field}{h.problem.value && <> = <span className="mono">{h.problem.value}</span></>}; </>}{h.problem.expected && `expected ${plainTimes(h.problem.expected)}`} <span className="mono">({h.problem.code})</span></span></Cell>
                  <Cell of="Message"><span className="mono">{payloadText(h.payload)}</span></Cell>
                  <Cell of="State"><State of={h.status as 'HELD'} />{h.handledBy && <span className="under">by {h.handledBy}{h.note && `: ${h.note}`}</span>}</Cell>
                  {mayDecide && <Cell of="Decide">{h.status === 'HELD' && <Decide held={h} say={setSaid} />}</Cell>}
                </tr>
              ))}
            </Table>
          )}
        </Asked>
      </Card>
    </Page>
  );
}

function Decide({ held: h, say }: { held: Held; say: (s: { tone: 'ok' | 'bad'; text: string }) => void }) {
  const path = { path: { id: h.id } };
  return (
    <div className="bar">
      <Act label="Release" title="Send it through the intake again?" confirm="Release" touches={['quarantine', 'device', 'reading', 'status']}
        summary={() => 'It is checked as if it came now. Taken, it is stored in the journal; not taken, it stays here with the new reason.'}
        run={() => ask(api.POST('/quarantine/{id}/release', { params: path }))}
        done={(r) => { const out = r as { accepted: boolean; problem: { code: string; expected: string } | null }; say(out.accepted ? { tone: 'ok', text: 'The message was taken and is in the journal.' } : { tone: 'bad', text: `It was not taken: ${problem(out.problem?.code ?? '')}${out.problem?.expected ? `; expected ${plainTimes(out.problem.expected)}` : ''}.` }); }} />
      <Act label="Discard" title="Discard this message?" confirm="Discard" danger touches={['quarantine']} fields={[{ name: 'reason', label: 'Reason', hint: 'It stays on record with the message.', most: 200 }]}
        summary={() => 'It will never be stored as a reading. The message itself stays on record here.'}
        run={(v) => ask(api.POST('/quarantine/{id}/discard', { params: path, body: { reason: v.reason } }))} done={() => say({ tone: 'ok', text: 'The message is discarded and stays on record.' })} />
    </div>
  );
}
