import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAccess, useSeenAccounts } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import type { Sale } from '../../api/types';
import { Act } from '../../components/Act';
import { count, exact, money, second, whole } from '../../components/format';
import { Asked, Card, Cell, Empty, Hash, Page, State, type StateName, Table } from '../../components/parts';
import { CURRENCY, minor } from './price';

const OPEN_STATES: Sale['status'][] = ['OPEN', 'SETTLING'];
const shown = (s: Sale['status']): StateName => (s === 'OPEN' ? 'ON_OFFER' : s);

/** What is on offer, what was sold, and what my accounts hold. */
export function Market() {
  const { may } = useAccess();
  const sales = useQuery({ ...q.sales(), refetchInterval: (x) => (x.state.data?.some((s) => s.status === 'SETTLING') ? 1000 : 30_000) });
  const open = sales.data?.filter((s) => OPEN_STATES.includes(s.status)) ?? [];
  const past = sales.data?.filter((s) => !OPEN_STATES.includes(s.status)) ?? [];
  const settled = past.filter((s) => s.status === 'SETTLED');
  return (
    <Page title="Sales" sub={sales.data ? `${open.length === 0 ? 'Nothing is on offer' : count(open.length, 'offer') + ' open'}${settled[0] ? `; last sold at ${money(settled[0].priceMinorPerTonne, settled[0].currency)} a tonne` : ''}. Credits and cash change hands on chain in one transaction, or neither does.` : ' '} side={may('ADMINISTRATOR', 'OPERATOR', 'TRADER') && <Offer />}>
      <Card title="On offer" flush>
        <Asked query={sales} empty={() => (open.length === 0 ? 'No offer is open. Who holds credits may offer them at a fixed price.' : null)}>{() => <Sales of={open} live />}</Asked>
      </Card>
      <Accounts />
      <Card title="What became of earlier offers" flush>
        <Asked query={sales} empty={() => (past.length === 0 ? 'Nothing was sold or withdrawn yet.' : null)}>{() => <Sales of={past} />}</Asked>
      </Card>
    </Page>
  );
}

function Sales({ of, live }: { of: Sale[]; live?: boolean }) {
  const { may, acts } = useAccess();
  const doing = live && may('ADMINISTRATOR', 'OPERATOR', 'TRADER');
  const issuances = useQuery(q.issuances()).data;
  const batch = (token: number) => { const s = issuances?.find((i) => i.serial?.tokenId === token)?.serial; return s ? `${s.projectId}, ${s.from} to ${s.to}` : `token ${token}`; };
  return (
    <Table label={live ? 'Offers' : 'Earlier offers'} columns={['Batch', '#Tonnes', `#Price a tonne`, '#All of it', 'Seller', 'Buyer', 'State', ...(live ? (doing ? ['Do'] : []) : ['Transaction'])]}>
      {of.map((s) => (
        <tr key={s.id}>
          <Cell of="Batch" wide><Link to="/trace" search={{ token: s.tokenId }}>{batch(s.tokenId)}</Link><span className="under">offered {second(s.offeredAt)}</span></Cell>
          <Cell of="Tonnes" num>{whole(s.tonnes)}</Cell><Cell of="Price a tonne" num>{money(s.priceMinorPerTonne, s.currency)}</Cell><Cell of="All of it" num>{money(s.priceMinorPerTonne * s.tonnes, s.currency)}</Cell>
          <Cell of="Seller">{s.seller}</Cell><Cell of="Buyer">{s.buyer ?? '—'}</Cell><Cell of="State"><State of={shown(s.status)} />{s.reason && <span className="under">{s.reason}</span>}</Cell>
          {live ? doing && <Cell of="Do">{s.status === 'OPEN' && <div className="bar"><Buy of={s} />{acts(s.seller) && (
            <Act label="Withdraw…" title="Withdraw this offer" confirm="Withdraw" danger touches={['sale']} summary={() => `The offer of ${whole(s.tonnes)} t ends; the credits stay with ${s.seller}.`} run={() => ask(api.POST('/sales/{id}/withdraw', { params: { path: { id: s.id } } }))} />
          )}</div>}</Cell> : <Cell of="Transaction">{s.transaction ? <Hash of={s.transaction} /> : '—'}</Cell>}
        </tr>
      ))}
    </Table>
  );
}

function Buy({ of: s }: { of: Sale }) {
  const { me, may } = useAccess();
  const accounts = me?.accounts.filter((a) => a !== s.seller) ?? [];
  const cash = useQueries({ queries: accounts.map((a) => q.account(a)) });
  if (!may('TRADER') || accounts.length === 0) return null;
  const total = s.priceMinorPerTonne * s.tonnes;
  return (
    <Act label="Buy…" primary title="Buy this offer" confirm={`Buy ${whole(s.tonnes)} t for ${money(total, s.currency)}`} touches={['sale', 'account', 'credit', 'effect']}
      fields={[{ name: 'buyer', label: 'For account', kind: 'choice', options: accounts.map((a) => ({ value: a, label: a })) }]}
      summary={(v) => { const has = cash[accounts.indexOf(v.buyer)]?.data?.cash; return <>{whole(s.tonnes)} t at {money(s.priceMinorPerTonne, s.currency)} a tonne, {money(total, s.currency)} in all, no fee.{has !== undefined && <> {v.buyer} has {money(has, s.currency)}{has >= total ? `; ${money(has - total, s.currency)} is left.` : <b>: that is not enough.</b>}</>}</>; }}
      run={(v) => ask(api.POST('/sales/{id}/buy', { params: { path: { id: s.id } }, body: { buyer: v.buyer } }))} />
  );
}

function Offer() {
  const { acts } = useAccess();
  const mine = useQuery(q.holdings()).data?.filter((h) => acts(h.accountId) && h.tonnes > 0) ?? [];
  if (mine.length === 0) return null;
  return (
    <Act label="Offer credits…" primary title="Offer credits at a fixed price" confirm="Offer" touches={['sale']}
      fields={[
        { name: 'holding', label: 'From', kind: 'choice', options: mine.map((h) => ({ value: `${h.accountId}/${h.tokenId}`, label: `${h.accountId}: ${whole(h.tonnes)} t of ${h.batch ? `${h.batch.projectId}, ${h.batch.from} to ${h.batch.to}` : `token ${h.tokenId}`}` })) },
        { name: 'tonnes', label: 'Tonnes', kind: 'whole', hint: 'The whole offer is bought at once.' }, { name: 'priceMinorPerTonne', label: `Price a tonne, ${CURRENCY}`, hint: 'Like 42.50' },
      ]}
      summary={(v) => { const price = minor(v.priceMinorPerTonne); return <>{v.tonnes ? `${exact(v.tonnes)} t` : '…'} at {price === null ? '…' : money(price, CURRENCY)} a tonne{price !== null && /^\d+$/.test(v.tonnes) && <>, <b>{money(price * Number(v.tonnes), CURRENCY)}</b> in all</>}. The first buyer has it; until then you may withdraw it.</>; }}
      run={(v, requestId) => {
        const price = minor(v.priceMinorPerTonne);
        if (price === null) throw new Error('The price must be a number with at most two digits after the point, like 42.50');
        const [seller, token] = v.holding.split('/');
        return ask(api.POST('/sales', { body: { requestId, seller, tokenId: Number(token), tonnes: Number(v.tonnes), priceMinorPerTonne: price, currency: CURRENCY } }));
      }} />
  );
}

/** Cash and credits: of the own accounts; the administrator and the auditor see all. */
function Accounts() {
  const { all, ids } = useSeenAccounts();
  const accounts = useQueries({ queries: ids.map((id) => q.account(id)) });
  if (!all && ids.length === 0) return null;
  return (
    <Card title={all ? 'Accounts' : 'Your accounts'} flush note="read from the chain">
      {ids.length === 0 ? <Empty>No account yet. An administrator opens one with POST /api/v1/accounts.</Empty> : (
        <Table label="Accounts" columns={['Account', 'Holder', '#Cash', '#Credits, t', 'Address']}>
          {accounts.map((a, i) => (
            <tr key={ids[i]}><Cell of="Account" wide>{ids[i]}</Cell><Cell of="Holder">{a.data?.holder ?? '…'}</Cell><Cell of="Cash" num>{a.data ? money(a.data.cash, CURRENCY) : '…'}</Cell><Cell of="Credits, t" num>{a.data ? whole(a.data.holdings.reduce((n, h) => n + h.tonnes, 0)) : '…'}</Cell><Cell of="Address">{a.data && <Hash of={a.data.address} />}</Cell></tr>
          ))}
        </Table>
      )}
    </Card>
  );
}
