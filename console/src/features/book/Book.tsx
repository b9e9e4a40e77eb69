import { NativeSelect } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useAccess, useSeenAccounts } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import type { Instrument, Order } from '../../api/types';
import { Act } from '../../components/Act';
import { count, exact, money, second, whole } from '../../components/format';
import { Asked, Card, Cell, Empty, Figure, More, Page, State, Table } from '../../components/parts';
import { minor } from '../market/price';
import { fate, ladder } from './book';

const LEVELS = 12;
const market = {
  instruments: () => ({ queryKey: ['market', 'instruments'], queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask(api.GET('/market/instruments', { signal }))).items, refetchInterval: 30_000 }),
  depth: (token: number) => ({ queryKey: ['market', 'depth', token], queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET('/market/instruments/{token}/depth', { signal, params: { path: { token }, query: { levels: LEVELS } } })) }),
  trades: (token: number) => ({ queryKey: ['market', 'trades', token], queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask(api.GET('/market/trades', { signal, params: { query: { token, limit: 50 } } }))).items }),
  orders: (account: string) => ({ queryKey: ['market', 'orders', account], queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask(api.GET('/market/orders', { signal, params: { query: { account, limit: 100 } } }))).items }),
  positions: (account: string) => ({ queryKey: ['market', 'positions', account], queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask(api.GET('/market/positions', { signal, params: { query: { account } } }))).items }),
  findings: () => ({ queryKey: ['market', 'findings'], queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask(api.GET('/market/findings', { signal, params: { query: { limit: 100 } } }))).items, refetchInterval: 10_000 }),
};

/** The order book: what is asked and bid, what was traded, the own orders, and what surveillance found. */
export function Book() {
  const { has, may, belongs } = useAccess();
  const there = has('Exchange');
  const { token } = useSearch({ from: '/book' });
  const instruments = useQuery({ ...market.instruments(), enabled: there });
  const chosen = instruments.data?.find((i) => i.tokenId === token) ?? instruments.data?.[0];
  return (
    <Page title="Order book" sub="Better price first, then the earlier order. Integers only, every command durable before it is answered; trades are settled on chain, credits against cash." side={there && chosen && may('ADMINISTRATOR', 'OPERATOR', 'TRADER') && <Place of={chosen} />}>
      {!there && belongs('Exchange') && <Empty>The order book is not in service right now. What waits in it is kept; sales at a fixed price go on.</Empty>}
      {there && (
        <Asked query={instruments} empty={(d) => (d.length === 0 ? 'Nothing is listed. An administrator lists the credits of a token with PUT /api/v1/market/instruments/{token}.' : null)}>
          {(all) => chosen && <><Chooser all={all} chosen={chosen} /><div className="two even"><Ladder of={chosen} /><Trades of={chosen} /></div><Mine of={chosen} /></>}
        </Asked>
      )}
      {may('ADMINISTRATOR', 'VERIFIER', 'AUDITOR') && <Findings />}
    </Page>
  );
}

const name = (i: Instrument) => `Token ${i.tokenId}`;
const price = (minorUnits: number | null, i: Instrument) => (minorUnits === null ? '—' : money(minorUnits, i.currency));

function Chooser({ all, chosen: i }: { all: Instrument[]; chosen: Instrument }) {
  const navigate = useNavigate();
  return (
    <>
      {all.length > 1 && <NativeSelect label="Credits" mb={12} maw={260} value={i.tokenId} data={all.map((x) => ({ value: String(x.tokenId), label: name(x) }))} onChange={(e) => void navigate({ to: '/book', search: { token: Number(e.currentTarget.value) } })} />}
      <div className="keys">
        <Figure label="Best bid" value={price(i.bid, i)} /><Figure label="Best ask" value={price(i.ask, i)} />
        <Figure label="Last" value={price(i.last, i)} note={i.lastAt ? second(i.lastAt) : 'no trade yet'} /><Figure label="Traded" value={whole(i.tonnesTraded)} unit="t" note={`${name(i)}, tick ${money(i.tickMinor, i.currency)}`} />
      </div>
    </>
  );
}

function Ladder({ of: i }: { of: Instrument }) {
  const depth = useQuery(market.depth(i.tokenId));
  return (
    <Card title="Depth" flush note={depth.data && `after command ${whole(depth.data.sequence)}`}>
      <Asked query={depth} empty={(d) => (d.asks.length + d.bids.length === 0 ? 'No order waits.' : null)}>
        {(d) => (
          <Table label="Depth" columns={['Side', `#Price, ${i.currency}`, '#Tonnes', '#Orders']}>
            {ladder(d, LEVELS).map((r) => (
              <tr key={`${r.side}${r.priceMinor}`} className={`rung ${r.side}`} style={{ '--share': `${r.share * 100}%` } as React.CSSProperties}>
                <Cell of="Side">{r.side === 'ask' ? 'Ask' : 'Bid'}</Cell><Cell of="Price" num>{money(r.priceMinor, '').trim()}</Cell><Cell of="Tonnes" num>{whole(r.tonnes)}</Cell><Cell of="Orders" num>{r.orders}</Cell>
              </tr>
            ))}
          </Table>
        )}
      </Asked>
    </Card>
  );
}

function Trades({ of: i }: { of: Instrument }) {
  const trades = useQuery(market.trades(i.tokenId));
  return (
    <Card title="Trades" flush note="newest first">
      <Asked query={trades} empty={(d) => (d.length === 0 ? 'No trade yet.' : null)}>
        {(all) => (
          <More of={all} first={LEVELS}>{(some) => (
            <Table label="Trades" columns={['When', 'Taker', `#Price, ${i.currency}`, '#Tonnes']}>
              {some.map((t) => <tr key={t.id}><Cell of="When">{second(t.at)}</Cell><Cell of="Taker">{t.taker === 'BUY' ? 'bought' : 'sold'}</Cell><Cell of="Price" num>{money(t.priceMinor, '').trim()}</Cell><Cell of="Tonnes" num>{whole(t.tonnes)}</Cell></tr>)}
            </Table>
          )}</More>
        )}
      </Asked>
    </Card>
  );
}

function Mine({ of: i }: { of: Instrument }) {
  const { acts } = useAccess();
  const { ids: accounts } = useSeenAccounts();
  const orders = useQueries({ queries: accounts.map((a) => market.orders(a)) }).flatMap((r) => r.data ?? []).filter((o) => o.tokenId === i.tokenId).sort((a, b) => Number(b.status === 'OPEN') - Number(a.status === 'OPEN') || b.sequence - a.sequence);
  const positions = useQueries({ queries: accounts.map((a) => market.positions(a)) }).flatMap((r) => r.data ?? []).filter((p) => p.tokenId === 0 || p.tokenId === i.tokenId);
  if (accounts.length === 0) return null;
  const amount = (tokenId: number, n: number) => (tokenId === 0 ? money(n, i.currency) : `${whole(n)} t`);
  return (
    <>
      <Card title="Orders" flush note={count(orders.filter((o) => o.status === 'OPEN').length, 'open order')}>
        {orders.length === 0 ? <Empty>No order of {accounts.length === 1 ? 'your account' : 'these accounts'} in this book.</Empty> : (
          <More of={orders}>{(some) => (
            <Table label="Orders" columns={['Order', 'Account', '#Tonnes', `#Price, ${i.currency}`, 'What became of it', 'Do']}>
              {some.map((o) => (
                <tr key={o.id}><Cell of="Order" wide>{o.side === 'BUY' ? 'Buy' : 'Sell'}, {o.type.toLowerCase().replaceAll('_', ' ')}<span className="under">{second(o.at)}</span></Cell><Cell of="Account">{o.account}</Cell><Cell of="Tonnes" num>{whole(o.tonnes)}</Cell><Cell of="Price" num>{o.priceMinor === 0 ? 'any' : money(o.priceMinor, '').trim()}</Cell><Cell of="What became of it">{fate(o)}</Cell>
                  <Cell of="Do">{o.status === 'OPEN' && acts(o.account) && <Cancel of={o} />}</Cell></tr>
              ))}
            </Table>
          )}</More>
        )}
      </Card>
      {positions.length > 0 && (
        <Card title="In the market" flush note="what is brought in from the chain, and where it is">
          <Table label="In the market" columns={['Account', '#Free', '#In orders', '#Going out', '#Coming in', '#More on chain']}>
            {positions.map((p) => (
              <tr key={`${p.account}/${p.tokenId}`}><Cell of="Account" wide>{p.account}<span className="under">{p.tokenId === 0 ? 'cash' : name(i)}</span></Cell><Cell of="Free" num>{amount(p.tokenId, p.free)}</Cell><Cell of="In orders" num>{amount(p.tokenId, p.inOrders)}</Cell><Cell of="Going out" num>{amount(p.tokenId, p.outgoing)}</Cell><Cell of="Coming in" num>{amount(p.tokenId, p.incoming)}</Cell><Cell of="More on chain" num>{p.available === null ? '—' : amount(p.tokenId, p.available)}</Cell></tr>
            ))}
          </Table>
        </Card>
      )}
    </>
  );
}

function Cancel({ of: o }: { of: Order }) {
  return <Act label="Cancel…" title="Cancel this order" confirm="Cancel the order" danger touches={['market']} summary={() => `${whole(o.open)} t leave the book; what was traded stands.`} run={() => ask(api.POST('/market/orders/{id}/cancel', { params: { path: { id: o.id } } }))} />;
}

const TYPES = [{ value: 'LIMIT', label: 'Limit: what is left waits' }, { value: 'MARKET', label: 'Market: at any price, now' }, { value: 'IMMEDIATE_OR_CANCEL', label: 'Immediate or cancel' }, { value: 'FILL_OR_KILL', label: 'Fill or kill: all or nothing' }];

function Place({ of: i }: { of: Instrument }) {
  const { me, may } = useAccess();
  const { ids: everyone } = useSeenAccounts();
  const accounts = may('ADMINISTRATOR') ? everyone : (me?.accounts ?? []);
  const balances = useQueries({ queries: accounts.map((a) => q.account(a)) });
  if (accounts.length === 0) return null;
  return (
    <Act label="Place an order…" primary title={`Order in ${name(i)}`} confirm="Place the order" touches={['market', 'account']}
      fields={[
        { name: 'account', label: 'For account', kind: 'choice', options: accounts.map((a) => ({ value: a, label: a })) }, { name: 'side', label: 'Side', kind: 'choice', options: [{ value: 'BUY', label: 'Buy' }, { value: 'SELL', label: 'Sell' }] },
        { name: 'type', label: 'Kind', kind: 'choice', options: TYPES }, { name: 'tonnes', label: 'Tonnes', kind: 'whole' },
        { name: 'priceMinor', label: `Limit a tonne, ${i.currency}`, hint: `Like 42.50, in steps of ${money(i.tickMinor, i.currency)}; left out for a market order`, optional: true },
      ]}
      summary={(v) => {
        const limit = minor(v.priceMinor);
        const has = balances[accounts.indexOf(v.account)]?.data;
        return <>{v.side === 'BUY' ? 'Buys' : 'Sells'} {v.tonnes ? `${exact(v.tonnes)} t` : '…'} {v.type === 'MARKET' ? 'at the prices that wait' : <>at {limit === null ? '…' : money(limit, i.currency)} or better{limit !== null && /^\d+$/.test(v.tonnes) && <>, <b>{money(limit * Number(v.tonnes), i.currency)}</b> at most in all</>}</>}. What it needs is brought in from the chain.{has && v.side === 'BUY' && <> {v.account} has {money(has.cash, i.currency)} there.</>}</>;
      }}
      run={(v, requestId) => {
        const limit = v.type === 'MARKET' ? 0 : minor(v.priceMinor);
        if (limit === null) throw new Error('The limit must be a number with at most two digits after the point, like 42.50');
        return ask(api.POST('/market/orders', { body: { requestId, account: v.account, tokenId: i.tokenId, side: v.side as Order['side'], type: v.type as Order['type'], priceMinor: limit, tonnes: Number(v.tonnes) } }));
      }} />
  );
}

function Findings() {
  const { has, may } = useAccess();
  const there = has('MarketFindings');
  const findings = useQuery({ ...market.findings(), enabled: there });
  return (
    <Card title="Surveillance" flush note="what the rules noted; a person judges it">
      {!there ? <Empty>Surveillance is not in service right now; it goes on from where it was.</Empty> : (
        <Asked query={findings} empty={(d) => (d.length === 0 ? 'Nothing was noted.' : null)}>
          {(all) => (
            <More of={all}>{(some) => (
              <Table label="Surveillance" columns={['Finding', 'State', 'Accounts', 'Evidence', 'Do']}>
                {some.map((f) => (
                  <tr key={f.id}><Cell of="Finding" wide>{f.message}<span className="under">{f.rule}, {second(f.at)}</span></Cell><Cell of="State">{f.clearedBy ? <State of="CLEARED" /> : <State of={f.severity} />}{f.clearedBy && <span className="under">{f.clearedBy}: {f.clearedReason}</span>}</Cell><Cell of="Accounts">{f.accounts.join(', ')}</Cell>
                    <Cell of="Evidence"><span className="mono">{Object.entries(f.evidence).map(([k, v]) => `${k} ${v}`).join(' · ')}</span><span className="under">{count(f.orders.length, 'order')}</span></Cell>
                    <Cell of="Do">{!f.clearedBy && may('ADMINISTRATOR', 'VERIFIER') && <Act label="Judge…" title="Judge this finding" confirm="Record" touches={['market']} fields={[{ name: 'reason', label: 'Why it is well, or what was done', kind: 'long' }]} run={(v) => ask(api.POST('/market/findings/{id}/clear', { params: { path: { id: f.id } }, body: { reason: v.reason } }))} />}</Cell></tr>
                ))}
              </Table>
            )}</More>
          )}
        </Asked>
      )}
    </Card>
  );
}
