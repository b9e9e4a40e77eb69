import { type FormEvent, useState } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { get, Refusal, session } from '../api/client';
import type { Me } from '../api/types';

/** Asks for an access key. It stays in this tab only. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const [key, setKey] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setBusy(true);
    session.set(key);
    try {
      const me = await get<Me>('/me');
      queries.setQueryData(['me'], me);
      onDone();
    } catch (error) {
      session.end();
      setWrong(error instanceof Refusal && error.status === 401 ? 'This access key is not known here. An administrator can make a new one.' : `The server could not be asked: ${(error as Error).message}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main style={{ maxWidth: 420, margin: '12vh auto' }}>
      <section className="card">
        <h1>CARBO MT</h1>
        <p className="muted">From the sensor to the retired carbon credit.</p>
        <form onSubmit={(e) => void submit(e)}>
          <PasswordInput label="Access key" description="Starts with cmt_ and is forgotten when this tab closes" value={key} onChange={(e) => setKey(e.currentTarget.value)} error={wrong || undefined} autoComplete="off" required />
          <Button type="submit" mt="md" fullWidth loading={busy}>Sign in</Button>
        </form>
      </section>
    </main>
  );
}
