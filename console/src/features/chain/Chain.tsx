import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useAccess } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import type { ChainEvent, Effect } from '../../api/types';
import { count, second, whole } from '../../components/format';
import { Asked, Card, Cell, Facts, Hash, More, Page, State, Table } from '../../components/parts';
import { effectKind, fact, spelled } from '../../components/words';
import { told } from './told';

const route = getRouteApi('/chain');
const SHOW = { REQUESTED: 'Recorded', SENT: 'Sent', DONE: 'On chain', REFUSED: 'Refused' } as const;

/** What was asked of the chain, how far it is, and what the chain itself says. */
export function Chain() {
  const { show } = route.useSearch();
  const { has, may } = useAccess();
  const reads = may('ADMINISTRATOR', 'AUDITOR', 'OPERATOR', 'VERIFIER');
  const network = useQuery({ queryKey: ['network'], queryFn: ({ signal }) => ask(api.GET('/chain/network', { signal })), staleTime: 60_000, enabled: has('Ledger') });
  const effects = useQuery({ ...q.effects(), enabled: reads && has('Ledger'), refetchInterval: (x) => (x.state.data?.some((e) => e.status === 'REQUESTED' || e.status === 'SENT') ? 1000 : 15_000) });
  const events = useQuery({ queryKey: ['effect', 'events'], queryFn: async ({ signal }) => (await ask(api.GET('/chain/events', { signal }))).items, enabled: has('Ledger') });
  const accounts = useQuery({ ...q.accounts(), enabled: may('ADMINISTRATOR', 'AUDITOR') && has('Ledger') });
  const names = new Map<string, string>([...(accounts.data?.map((a) => [a.address.toLowerCase(), a.id] as const) ?? []), ...Object.entries(network.data?.contracts ?? {}).map(([n, a]) => [a.toLowerCase(), `the ${n} contract`] as const)]);
  const newest = Math.max(0, ...(events.data?.map((e) => e.block) ?? []));
  const waiting = effects.data?.filter((e) => e.status === 'REQUESTED' || e.status === 'SENT').length ?? 0;
  return (
    <Page title="Chain" sub={network.data ? `Chain ${network.data.chainId}, newest block with an event of ours: ${whole(newest)}${reads && effects.data ? `. ${waiting === 0 ? 'Nothing waits for a block' : `${count(waiting, 'effect')} on the way`}` : ''}.` : ' '}>
      {reads && (
        <Card title="Effects asked of the chain" flush note={<div className="segments" role="group" aria-label="Show">{[[undefined, 'All'], ...Object.entries(SHOW)].map(([s, label]) => <Link key={label} to="/chain" search={{ show: s }} replace className={show === s ? 'active' : undefined} activeProps={{}} aria-current={show === s ? 'true' : undefined}>{label}</Link>)}</div>}>
          <Asked query={effects} empty={(list) => (list.some((e) => !show || e.status === show) ? null : 'Nothing here. Each effect has a business key and happens once: asked again, before or after a crash, it is found, not done again.')}>
            {(list) => <More of={list.filter((e) => !show || e.status === show)}>{(shown) => <Effects of={shown} />}</More>}
          </Asked>
        </Card>
      )}
      <Card title="What the contracts say, the newest first" flush note={events.data && count(events.data.length, 'event')}>
        <Asked query={events} empty={(e) => (e.length === 0 ? 'No event yet.' : null)}>{(list) => <More of={[...list].reverse()}>{(shown) => <Events of={shown} names={names} />}</More>}</Asked>
      </Card>
      <Card title="The network">
        <Asked query={network}>{(n) => <Facts of={{ 'Chain id': String(n.chainId), ...(n.validator ? { 'Blocks are signed by': <Hash of={n.validator} /> } : {}), ...Object.fromEntries(Object.entries(n.contracts).map(([name, a]) => [`Contract of ${name === 'cash' ? 'cash' : spelled(name).toLowerCase()}`, <Hash key={name} of={a} />])) }} />}</Asked>
      </Card>
    </Page>
  );
}

function Effects({ of }: { of: Effect[] }) {
  return (
    <Table label="Effects" columns={['What', 'State', '#Block', 'Transaction', 'Outcome', 'Asked for', 'Settled in']}>
      {of.map((e) => (
        <tr key={e.businessKey}>
          <Cell of="What" wide>{effectKind(e.kind)}<span className="under mono">{e.businessKey}</span></Cell><Cell of="State"><State of={e.status} /></Cell><Cell of="Block" num>{e.block === null ? '—' : whole(e.block)}</Cell>
          <Cell of="Transaction">{e.transaction ? <Hash of={e.transaction} /> : '—'}</Cell><Cell of="Outcome">{e.reason || Object.entries(e.result).map(([k, v]) => `${fact(k)} ${v}`).join(', ') || '—'}</Cell>
          <Cell of="Asked for"><span className="nowrap">{second(e.requestedAt)}</span></Cell><Cell of="Settled in">{e.status === 'DONE' || e.status === 'REFUSED' ? `${((Date.parse(e.updatedAt) - Date.parse(e.requestedAt)) / 1000).toFixed(1)} s` : '—'}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function Events({ of, names }: { of: ChainEvent[]; names: Map<string, string> }) {
  return (
    <Table label="Events" columns={['#Block', 'What happened', 'Transaction', 'Raw']}>
      {of.map((e) => (
        <tr key={`${e.transaction}${e.logIndex}`}>
          <Cell of="Block" num>{whole(e.block)}</Cell><Cell of="What happened">{told(e, names)}</Cell><Cell of="Transaction"><Hash of={e.transaction} /></Cell>
          <Cell of="Raw"><details><summary>{e.name}</summary><span className="mono">{e.contract}, log {e.logIndex}<br />{Object.entries(e.values).map(([k, v]) => <span key={k}>{k} = {v}<br /></span>)}</span></details></Cell>
        </tr>
      ))}
    </Table>
  );
}
