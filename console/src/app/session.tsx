import { type FormEvent, useEffect, useState } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, ask, Refusal, session } from '../api/client';
import { q } from '../api/queries';

const WRONG: Record<number, string> = {
  401: 'This access key is not known here. An administrator can make you a new one.',
  429: 'Too many wrong keys. Wait a minute, then try again.',
  503: 'The container is starting or has no people yet. Try again in a moment.',
};

/** Asks for an access key. It stays in this tab only. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const [key, setKey] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  useEffect(() => { document.title = 'Sign in · CARBO MT'; }, []);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setBusy(true);
    setWrong('');
    session.set(key);
    try {
      queries.setQueryData(q.me().queryKey, await ask(api.GET('/me')));
      onDone();
    } catch (error) {
      session.end();
      setWrong(error instanceof Refusal ? (WRONG[error.status] ?? error.message) : `The server cannot be reached: ${(error as Error).message}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="alone">
      <section className="card"><div className="body">
        <h1 className="brand"><img src="/console/icon.svg" width={28} height={28} alt="" />CARBO MT</h1>
        <p className="muted">From the sensor to the retired carbon credit.</p>
        <form onSubmit={(e) => void submit(e)}>
          <PasswordInput label="Access key" description="Starts with cmt_ and is forgotten when this tab is closed." value={key} onChange={(e) => setKey(e.currentTarget.value)} error={wrong || undefined} autoComplete="off" required withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }} />
          <Button type="submit" mt="md" fullWidth loading={busy}>Sign in</Button>
        </form>
      </div></section>
      <p className="muted">Retirement certificates are public and need no key.</p>
    </main>
  );
}
