import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ago, hour, instant, serialText, short, tonnes } from './format';
import { Asked, State } from './parts';

it('names a state by a word, not by colour alone', () => {
  render(<State of="MISSING" />);
  expect(screen.getByText('Missing')).toBeInTheDocument();
});

function Subject({ ask }: { ask: () => Promise<string[]> }) {
  const query = useQuery({ queryKey: ['x'], queryFn: ask, retry: false });
  return <Asked query={query} empty={(d) => (d.length ? null : 'Nothing yet.')}>{(d) => <p>{d.join()}</p>}</Asked>;
}
const show = (ask: () => Promise<string[]>) => render(<MantineProvider><QueryClientProvider client={new QueryClient()}><Subject ask={ask} /></QueryClientProvider></MantineProvider>);

it('shows the hint when there is nothing', async () => {
  show(() => Promise.resolve([]));
  expect(await screen.findByText('Nothing yet.')).toBeInTheDocument();
});
it('says what failed and asks again on request', async () => {
  let calls = 0;
  show(() => (calls++ === 0 ? Promise.reject(new Error('the line is cut')) : Promise.resolve(['back'])));
  expect(await screen.findByRole('alert')).toHaveTextContent('the line is cut');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('back')).toBeInTheDocument();
});
it('writes times in UTC, an hour by its start, a hash in short', () => {
  expect(instant('2026-01-14T09:42:10Z')).toBe('2026-01-14 09:42Z');
  expect(hour('2026-01-14T09:00:00Z')).toBe('2026-01-14 09h');
  expect(short('0x9f3a00000000000000c21e')).toBe('0x9f3a…c21e');
  expect(ago('2026-01-14T09:00:00Z', Date.parse('2026-01-14T09:00:30Z'))).toBe('30 s ago');
  expect(tonnes('100')).toBe('90.7');
  expect(serialText({ projectId: 'C01-001', tokenId: 1, first: 1, last: 25 })).toBe('C01-001 · token 1 · 1–25');
});
