import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client';
import { exact, hour as hourText, hourAfter, tonnes } from '../../components/format';
import { Asked, Cell, State, Table } from '../../components/parts';
import { reason } from '../../components/words';

/** The hours of one day, for who would rather read than look. */
export function DayTable({ source, day, known, chosen, onChoose }: { source: string; day: string; known?: string; chosen: string; onChoose: (start: string) => void }) {
  const from = `${day}T00:00:00Z`;
  const hours = useQuery({ queryKey: ['hour', 'day', source, day, known], queryFn: async ({ signal }) => (await ask(api.GET('/sources/{id}/hours', { signal, params: { path: { id: source }, query: { from, to: hourAfter(from, 24), asKnownOn: known } } }))).hours, placeholderData: keepPreviousData });
  return (
    <>
      <div className="bar" style={{ marginBottom: 8 }}><button type="button" className="link" onClick={() => onChoose(hourAfter(chosen, -24))}>Day before</button><b>{day}</b><button type="button" className="link" onClick={() => onChoose(hourAfter(chosen, 24))}>Day after</button></div>
      <Asked query={hours} height={290} empty={(h) => (h.length === 0 ? `No hour of ${day} is accounted.` : null)}>
        {(list) => (
          <Table label={`Hours of ${day}`} columns={['Hour, UTC', 'State', '#t CO₂', '#± %', '#Short tons', 'Clause', '#Version']}>
            {list.map((h) => (
              <tr key={h.id} className={h.hourStart === chosen ? 'chosen' : undefined}>
                <Cell of="Hour, UTC" wide><button type="button" className="link" onClick={() => onChoose(h.hourStart)}>{hourText(h.hourStart)}</button></Cell>
                <Cell of="State"><State of={h.status} /> {h.grade !== 'MEASURED' && <State of={h.grade} />}</Cell>
                <Cell of="t CO₂" num>{h.massShortTons === null ? '—' : tonnes(h.massShortTons)}</Cell>
                <Cell of="± %" num>{h.uncertaintyPercent ?? '—'}</Cell>
                <Cell of="Short tons" num>{h.massShortTons === null ? '—' : exact(h.massShortTons)}</Cell>
                <Cell of="Clause">{h.clause}{h.massShortTons === null && <span className="under">{reason(h.reason)}</span>}</Cell>
                <Cell of="Version" num>{h.version}</Cell>
              </tr>
            ))}
          </Table>
        )}
      </Asked>
    </>
  );
}
