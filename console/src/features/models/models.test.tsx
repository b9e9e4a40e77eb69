import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answer } from '../../testing/answers';
import { Models } from './Models';
import { scores } from './scores';

const card = { id: 'plume-1', kind: 'plume-unet', method: 'u-net', sha256: 'ab'.repeat(32), trainedOn: 'scenes of spring', dataHash: 'cd'.repeat(32), seed: 1, trainedAt: '2026-11-24T00:00:00Z', scores: { oneMinusIou: 0.5, recall: 0.8 }, yardsticks: { threshold: { oneMinusIou: 0.4 } }, parameters: { threshold: [0.5] } };
const show = (items: object[]) => {
  answer({ 'GET /models': { items }, 'GET /me': { id: 'a', name: 'a', organisationId: 'o', roles: ['TRADER'], accounts: [] }, 'GET /status': { version: '1', parts: {}, notStarted: [] } });
  return render(<MantineProvider><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><Models /></QueryClientProvider></MantineProvider>);
};

it('has the simple methods beside the model, and a dash where one was not judged', () => {
  expect(scores(card)).toEqual({ names: ['oneMinusIou', 'recall'], rows: [{ method: 'u-net', values: ['0.5', '0.8'] }, { method: 'threshold, a simple method', values: ['0.4', '—'] }] });
});
it('says why a model was refused', async () => {
  show([{ card, state: 'REFUSED', reason: 'the simple method threshold has 0.4', by: 'admin', at: '2026-11-25T10:00:00Z' }]);
  expect(await screen.findByText('the simple method threshold has 0.4')).toBeInTheDocument();
  expect(screen.getByText('Refused')).toBeInTheDocument();
});
it('says what to do when there is none', async () => {
  show([]);
  expect(await screen.findByText(/card\.json and model\.onnx/)).toBeInTheDocument();
});
