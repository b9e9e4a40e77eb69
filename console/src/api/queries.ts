import { queryOptions } from '@tanstack/react-query';
import { api, ask } from './client';

/** What more than one page asks for, so that it is asked once. The first word of a key is the topic of the live events that make it stale. */
export const q = {
  me: () => queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => ask(api.GET('/me', { signal })), staleTime: 300_000, retry: false }),
  status: () => queryOptions({ queryKey: ['status'], queryFn: ({ signal }) => ask(api.GET('/status', { signal })), refetchInterval: 15_000 }),
  devices: () => queryOptions({ queryKey: ['device'], queryFn: async ({ signal }) => (await ask(api.GET('/devices', { signal }))).items }),
  latest: (id: string) => queryOptions({ queryKey: ['device', 'latest', id], queryFn: ({ signal }) => ask(api.GET('/devices/{id}/latest', { signal, params: { path: { id } } })) }),
  profiles: () => queryOptions({ queryKey: ['profile'], queryFn: async ({ signal }) => (await ask(api.GET('/profiles', { signal }))).items, staleTime: 60_000 }),
  quarantine: () => queryOptions({ queryKey: ['quarantine'], queryFn: async ({ signal }) => (await ask(api.GET('/quarantine', { signal, params: { query: { limit: 200 } } }))).items }),
  sources: () => queryOptions({ queryKey: ['source'], queryFn: async ({ signal }) => (await ask(api.GET('/sources', { signal }))).items }),
  months: (id: string, year: number) => queryOptions({
    queryKey: ['hour', 'months', id, year],
    queryFn: async ({ signal }) => (await ask(api.GET('/sources/{id}/months', { signal, params: { path: { id }, query: { from: `${year}-01-01T00:00:00Z`, to: `${year + 1}-01-01T00:00:00Z` } } }))).items,
  }),
  cases: () => queryOptions({ queryKey: ['case'], queryFn: async ({ signal }) => (await ask(api.GET('/cases', { signal }))).items }),
  batches: () => queryOptions({ queryKey: ['batch'], queryFn: async ({ signal }) => (await ask(api.GET('/batches', { signal }))).items }),
  projects: () => queryOptions({ queryKey: ['credit', 'projects'], queryFn: async ({ signal }) => (await ask(api.GET('/projects', { signal }))).items }),
  issuances: () => queryOptions({ queryKey: ['credit', 'issuances'], queryFn: async ({ signal }) => (await ask(api.GET('/issuances', { signal }))).items }),
  holdings: () => queryOptions({ queryKey: ['credit', 'holdings'], queryFn: async ({ signal }) => (await ask(api.GET('/holdings', { signal }))).items }),
  retirements: () => queryOptions({ queryKey: ['credit', 'retirements'], queryFn: async ({ signal }) => (await ask(api.GET('/retirements', { signal }))).items }),
  sales: () => queryOptions({ queryKey: ['sale'], queryFn: async ({ signal }) => (await ask(api.GET('/sales', { signal }))).items }),
  effects: () => queryOptions({ queryKey: ['effect', 'list'], queryFn: async ({ signal }) => (await ask(api.GET('/effects', { signal, params: { query: { limit: 500 } } }))).items }),
  accounts: () => queryOptions({ queryKey: ['account', 'list'], queryFn: async ({ signal }) => (await ask(api.GET('/accounts', { signal }))).items }),
  account: (id: string) => queryOptions({ queryKey: ['account', id], queryFn: ({ signal }) => ask(api.GET('/accounts/{id}', { signal, params: { path: { id } } })) }),
};
