import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Refusal } from '../api/client';
import { Act } from './Act';
import { Asked, Hash, State } from './parts';

const wrapped = (node: React.ReactNode) => render(<MantineProvider><QueryClientProvider client={new QueryClient()}>{node}</QueryClientProvider></MantineProvider>);

it('names a state by a word, not by colour alone', () => {
  render(<State of="MISSING" />);
  expect(screen.getByText('Missing')).toBeInTheDocument();
});

function Subject({ ask }: { ask: () => Promise<string[]> }) {
  const query = useQuery({ queryKey: ['x'], queryFn: ask, retry: false });
  return <Asked query={query} empty={(d) => (d.length ? null : 'Nothing yet.')}>{(d) => <p>{d.join()}</p>}</Asked>;
}

it('shows the hint when there is nothing', async () => {
  wrapped(<Subject ask={() => Promise.resolve([])} />);
  expect(await screen.findByText('Nothing yet.')).toBeInTheDocument();
});
it('says what failed and asks again on request', async () => {
  let calls = 0;
  wrapped(<Subject ask={() => (calls++ === 0 ? Promise.reject(new Error('the line is cut')) : Promise.resolve(['back']))} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('the line is cut');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('back')).toBeInTheDocument();
});
it('has a whole hash for a screen reader and shows it where nothing can be copied', async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
  const hash = '0x' + 'ab'.repeat(32);
  render(<Hash of={hash} />);
  await user.click(screen.getByRole('button', { name: `0xabab…abab, copy ${hash}` }));
  expect(await screen.findByText(hash)).toBeInTheDocument();
});

it('does what was asked once under one request id, and only after the word was typed', async () => {
  const ids: string[] = [];
  const run = vi.fn((_: Record<string, string>, id: string) => { ids.push(id); return ids.length === 1 ? Promise.reject(new Error('the line is cut')) : Promise.resolve(); });
  wrapped(<Act label="Retire…" title="Retire" confirm="Retire for ever" typed="retire" touches={[]} fields={[{ name: 'tonnes', label: 'Tonnes', kind: 'whole' }]} summary={(v) => `${v.tonnes} t`} run={run} />);
  await userEvent.click(screen.getByRole('button', { name: 'Retire…' }));
  const dialog = within(screen.getByRole('dialog'));
  expect(dialog.getByRole('button', { name: 'Retire for ever' })).toBeDisabled();
  await userEvent.type(dialog.getByLabelText('Tonnes'), '25');
  expect(dialog.getByText('25 t')).toBeInTheDocument();
  await userEvent.type(dialog.getByLabelText('Type retire to confirm'), 'retire');
  await userEvent.click(dialog.getByRole('button', { name: 'Retire for ever' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('the line is cut');
  await userEvent.click(dialog.getByRole('button', { name: 'Retire for ever' }));
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect(screen.queryByRole('dialog')).toBeNull();
});
it('puts a refusal beside the field it speaks of', async () => {
  wrapped(<Act label="Offer" title="Offer" confirm="Go" touches={[]} fields={[{ name: 'tonnes', label: 'Tonnes' }]} run={() => Promise.reject(new Refusal(409, { code: 'credits.too-few', field: 'tonnes', detail: 'credits.too-few', expected: 'at most the 75 that mine holds' }))} />);
  await userEvent.click(screen.getByRole('button', { name: 'Offer' }));
  await userEvent.type(screen.getByLabelText('Tonnes'), '100');
  await userEvent.click(screen.getByRole('button', { name: 'Go' }));
  expect(await screen.findByText('Expected: at most the 75 that mine holds')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).toBeNull();
});
