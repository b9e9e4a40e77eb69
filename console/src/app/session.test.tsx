import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { session } from '../api/client';
import { answer } from '../testing/answers';
import { SignIn } from './session';

async function signIn(status: number, body: unknown) {
  const done = vi.fn();
  answer({ 'GET /me': { status, body } });
  render(<MantineProvider><QueryClientProvider client={new QueryClient()}><SignIn onDone={done} /></QueryClientProvider></MantineProvider>);
  await userEvent.type(screen.getByLabelText('Access key'), ' cmt_key ');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  return done;
}

it('keeps a good key for this tab', async () => {
  const done = await signIn(200, { id: 'a', name: 'A', organisation: 'o', roles: [], accounts: [], signingKey: null });
  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  expect(session.get()).toBe('cmt_key');
});
it.each([[401, /not known here/], [429, /Wait a minute/], [503, /starting/]])('says what a %i means and forgets the key', async (status, words) => {
  const done = await signIn(status, { code: 'x', detail: 'x' });
  expect(await screen.findByText(words)).toBeInTheDocument();
  expect(done).not.toHaveBeenCalled();
  expect(session.get()).toBeNull();
});
