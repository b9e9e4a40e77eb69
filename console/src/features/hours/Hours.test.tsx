import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answer } from '../../testing/answers';
import { Hours } from './Hours';

const hour = (start: string, over: object) => ({
  id: `s/${start.slice(0, 13)}Z/1`, sourceId: 's', hourStart: start, version: 1, status: 'MEASURED', massShortTons: '75.8', uncertaintyPercent: '2.7', grade: 'MEASURED', ruleBook: 'part75@0.1.0', method: 'G-4', clause: '40 CFR 75 App. G, Eq. G-4', reason: '',
  steps: { operatingTimeHours: '1', heatInputRateMmbtuPerHour: '1275.6', fcScfPerMmbtu: '1040', co2RateShortTonsPerHour: '75.8' }, readingsRoot: 'ab'.repeat(32), leaf: 'cd'.repeat(32), firstSequence: 7, entries: 1, recordedAt: '2026-11-25T02:39:52Z', ...over,
});

function show(start: string, told: ReturnType<typeof hour>) {
  const path = `/hours/s/${start.slice(0, 13)}Z/1`;
  answer({
    'GET /me': { id: 'a', name: 'A', organisation: 'o', roles: ['AUDITOR'], accounts: [], signingKey: null }, 'GET /status': { version: '1', parts: { Hours: true }, notStarted: [], journal: null, hours: null, time: '2026-11-25T12:00:00Z' },
    'GET /sources': { items: [{ id: 's', siteId: 's', name: 'Stack', ruleBook: 'part75', method: 'G-4', inputs: { heatInput: { deviceId: 'd', channel: 'heatInput' } }, parameters: {}, operatorId: 'op', accountingFrom: null, newestHour: start }] },
    'GET /sources/s/map': { from: '2020-01-01T00:00:00Z', statuses: 'MX', massShortTons: ['75.8', null] }, 'GET /sources/s/months': { items: [{ month: '2020-01', hours: 2, byStatus: {}, grade: 'MEASURED', massTonnes: '68.764603', uncertaintyPercent: '2.70' }] },
    'GET /sources/s/hours': { hours: [told] }, [`GET /sources/s/hours/${encodeURIComponent(start)}/history`]: { hours: [told] }, 'GET /devices': { items: [] },
    [`GET ${path}/derivation`]: { items: [{ sequence: 7, leaf: 'ef'.repeat(32), deviceId: 'd', protocol: 'http', profile: 'p@1', profileDigest: 'ab'.repeat(32), counter: null, receivedAt: '2026-11-25T02:39:50Z', channels: [{ name: 'heatInput', unit: '[mmBtu]', grade: 'MEASURED' }], times: [start], values: { heatInput: [1275.6] } }] },
    [`GET ${path}/findings`]: { items: [] },
  });
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/hours', component: Hours, validateSearch: (s: Record<string, unknown>) => s });
  const device = createRoute({ getParentRoute: () => root, path: '/devices/$id' });
  const router = createRouter({ routeTree: root.addChildren([page, device]), history: createMemoryHistory({ initialEntries: [`/hours?source=s&hour=${encodeURIComponent(start)}`] }) });
  return render(<MantineProvider><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RouterProvider router={router as never} /></QueryClientProvider></MantineProvider>);
}

it('shows how an hour was made: mass with uncertainty, equation, clause, steps with units, readings', async () => {
  show('2020-01-01T00:00:00Z', hour('2020-01-01T00:00:00Z', {}));
  expect(await screen.findByText((_, e) => e?.className === 'figure' && e.textContent === '68.8 ± 1.9 t CO₂')).toBeInTheDocument();
  expect(screen.getByText('1,040 scf/mmBtu × 1,275.6 mmBtu/h × 44 ÷ 385 ÷ 2000 = 75.8 short tons/h')).toBeInTheDocument();
  expect(screen.getByText('40 CFR 75 App. G, Eq. G-4')).toBeInTheDocument();
  expect(screen.getByText('Heat input rate')).toBeInTheDocument();
  expect(await screen.findByText('Entry 7')).toBeInTheDocument();
  expect(await screen.findByText('mmBtu')).toBeInTheDocument();
});
it('shows a missing hour as a dash with its reason, never as zero', async () => {
  show('2020-01-01T01:00:00Z', hour('2020-01-01T01:00:00Z', { status: 'MISSING', massShortTons: null, uncertaintyPercent: null, reason: 'input-missing:heatInput', entries: 0, steps: {} }));
  expect(await screen.findByText((_, e) => e?.className === 'figure' && e.textContent === '—')).toBeInTheDocument();
  expect(screen.getByText(/An input is missing: heat input. A missing hour is never counted as zero./)).toBeInTheDocument();
});
