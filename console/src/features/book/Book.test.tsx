import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answer } from '../../testing/answers';
import { Book } from './Book';

const order = { id: 'order-1', account: 'mine', tokenId: 1, side: 'SELL', type: 'LIMIT', priceMinor: 4300, tonnes: 40, filled: 15, open: 25, status: 'OPEN', reason: 'NONE', sequence: 4, at: '2026-01-01T00:00:00Z' };
const told = {
  'GET /market/instruments': { items: [{ tokenId: 1, tickMinor: 5, currency: 'USD', bid: null, ask: 4300, last: 4300, lastAt: '2026-01-01T00:00:01Z', tonnesTraded: 15 }] },
  'GET /market/instruments/1/depth': { tokenId: 1, sequence: 9, asks: [{ priceMinor: 4300, tonnes: 25, orders: 1 }], bids: [] }, 'GET /market/trades': { items: [] }, 'GET /market/orders': { items: [order] }, 'GET /market/positions': { items: [] },
  'GET /accounts/mine': { id: 'mine', cash: 1000 },
  'GET /market/findings': { items: [{ id: 'market-1', rule: 'self-crossing', ruleVersion: '1', severity: 'WARNING', tokenId: 1, message: 'mine met its own orders 3 times within ten minutes', accounts: ['mine'], orders: ['a', 'b', 'c'], evidence: { attempts: '3' }, at: '2026-01-01T00:00:02Z', clearedBy: null, clearedReason: '' }] },
};

function show(role: string, parts: Record<string, boolean>) {
  answer({ ...told, 'GET /me': { id: 'a', name: 'A', organisation: 'o', roles: [role], accounts: ['mine'], signingKey: null }, 'GET /status': { version: '1', parts, notStarted: [], journal: null, hours: null, time: '2026-01-01T00:00:00Z' } });
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/book', component: Book, validateSearch: (s: Record<string, unknown>) => s });
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory({ initialEntries: ['/book'] }) });
  return render(<MantineProvider><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RouterProvider router={router as never} /></QueryClientProvider></MantineProvider>);
}

it('shows a trader depth, the own order with what became of it, and no finding', async () => {
  show('TRADER', { Exchange: true, MarketFindings: true });
  expect(within(await screen.findByRole('table', { name: 'Depth' })).getByText('43.00')).toBeInTheDocument();
  expect(await screen.findByText('15 of 40 t traded, 25 t wait')).toBeInTheDocument();
  expect(await screen.findByRole('button', { name: 'Place an order…' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Cancel…' })).toBeInTheDocument();
  expect(screen.queryByText(/met its own orders/)).toBeNull();
});
it('says that the exchange is absent, offers no order, and shows the findings all the same', async () => {
  show('VERIFIER', { Exchange: false, MarketFindings: true });
  expect(await screen.findByText(/The order book is not in service right now/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Place an order…' })).toBeNull();
  expect(await screen.findByText('mine met its own orders 3 times within ten minutes')).toBeInTheDocument();
  expect(screen.getByText('attempts 3')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Judge…' })).toBeInTheDocument();
});
it('says that surveillance is absent while the market goes on', async () => {
  show('AUDITOR', { Exchange: true, MarketFindings: false });
  expect(await screen.findByText(/Surveillance is not in service right now/)).toBeInTheDocument();
  expect(await screen.findByRole('table', { name: 'Depth' })).toBeInTheDocument();
});
