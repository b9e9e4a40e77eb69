import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answer } from '../../testing/answers';
import { outline } from './forecast';
import { ForecastCard } from './ForecastCard';

const show = (items: object[]) => {
  answer({ 'GET /sources/s/forecasts?limit=30': { items } });
  return render(<MantineProvider><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><ForecastCard source="s" newest="2020-01-31T23:00:00Z" /></QueryClientProvider></MantineProvider>);
};

it('draws zero at the bottom and the highest value at the top', () => {
  const hours = [{ hourStart: 'a', low: 0, median: 5, high: 10 }, { hourStart: 'b', low: 5, median: 5, high: 5 }];
  expect(outline(hours, 100, 20)).toEqual({ top: 10, median: '0,10 100,10', band: '0,0 100,10 100,10 0,20' });
});
it('says which method won, in tonnes, and what became of an earlier forecast', async () => {
  const one = { sourceId: 's', issuedAt: '2020-02-01T00:01:00Z', method: 'persistence', model: '00ff00ff00ff00ff', hours: [{ hourStart: '2020-02-01T00:00:00Z', low: 50, median: 100, high: 150 }], judged: [{ method: 'persistence', hours: 672, pinball: 10, meanAbsoluteError: 20, withinPercent: 79.2 }], realised: null };
  show([one, { ...one, hours: [{ ...one.hours[0], hourStart: '2020-01-31T23:00:00Z' }], realised: { method: 'persistence', hours: 1, pinball: 1, meanAbsoluteError: 10, withinPercent: 100 } }]);
  expect(await screen.findByText("The last hour goes on, the best of 1 on this source's own past")).toBeInTheDocument();
  expect(screen.getByRole('img')).toHaveAccessibleName('Expected 90.7 t in the first hour, 80 % between 45.4 and 136.1 t; the axis goes from 0 to 136.1 t');
  expect(screen.getByText('from 2020-01-31 23h: off by 9.1 t an hour, 100 % of 1 hour within the band (80 % expected)')).toBeInTheDocument();
});
it('says why there is none', async () => {
  show([]);
  expect(await screen.findByText(/at least 24 days of hours are known/)).toBeInTheDocument();
});
