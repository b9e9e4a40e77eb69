import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { Hours } from './Hours';

const hour = (start: string, over: object) => ({ id: start, sourceId: 's', hourStart: start, version: 1, status: 'MEASURED', massShortTons: '89.1', uncertaintyPercent: '2.0', grade: 'MEASURED', ruleBook: 'part75@0.1.0', method: 'G-4', clause: 'App. G Eq. G-4', reason: '', steps: { heatInput: '1500.0' }, readingsRoot: 'ab'.repeat(32), firstSequence: 7, entries: 1, recordedAt: start, ...over });

it('shows how the chosen hour was made, and a missing one as a dash with its reason, never as zero', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation((url) => Promise.resolve(new Response(JSON.stringify(
    String(url).includes('/hours') ? { hours: [hour('2020-03-01T05:00:00Z', {}), hour('2020-03-01T06:00:00Z', { status: 'MISSING', massShortTons: null, uncertaintyPercent: null, reason: 'no-data', entries: 0 })] } : { items: [{ id: 's', name: 'Stack' }] }))));
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/hours', component: Hours, validateSearch: (s: Record<string, unknown>) => s });
  for (const [start, text] of [['2020-03-01T05:00:00Z', '80.8 t CO₂'], ['2020-03-01T06:00:00Z', '—']]) {
    const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory({ initialEntries: [`/hours?source=s&month=2020-03&hour=${encodeURIComponent(start)}`] }) });
    const view = render(<MantineProvider><QueryClientProvider client={new QueryClient()}><RouterProvider router={router as never} /></QueryClientProvider></MantineProvider>);
    expect(await screen.findByText((_, e) => e?.className === 'figure' && (e.textContent ?? '').startsWith(text))).toBeInTheDocument();
    view.unmount();
  }
});
