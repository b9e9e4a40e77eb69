import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useAccess } from '../../api/access';
import { api, ask } from '../../api/client';
import { q } from '../../api/queries';
import { Act } from '../../components/Act';
import { count, hour, instant, whole } from '../../components/format';
import { Asked, Card, Empty, Page, State } from '../../components/parts';
import { CaseView } from './CaseView';

const route = getRouteApi('/cases');

/** What do I sign, and what speaks against it? */
export function Cases() {
  const search = route.useSearch();
  const go = route.useNavigate();
  const { may } = useAccess();
  const cases = useQuery(q.cases());
  const sources = useQuery(q.sources()).data;
  const open = cases.data?.filter((c) => c.status === 'OPEN') ?? [];
  const chosen = cases.data?.find((c) => c.id === search.case) ?? open[0] ?? cases.data?.[0];
  const name = (id: string) => sources?.find((s) => s.id === id)?.name ?? id;
  const step = useRef<(by: number) => void>(() => {});
  step.current = (by) => { const list = cases.data ?? []; const next = list[list.findIndex((c) => c.id === chosen?.id) + by]; if (next) void go({ search: { case: next.id }, replace: true }); };
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.target instanceof HTMLElement && e.target.closest('input, textarea, select, dialog')) return;
      if (e.key === 'j') step.current(1);
      if (e.key === 'k') step.current(-1);
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
  return (
    <Page title="Verification" sub={cases.data ? (open.length === 0 ? 'No case waits for a signature' : `${count(open.length, 'case waits', 'cases wait')} for a verifier’s signature`) : ' '}
      side={may('ADMINISTRATOR', 'OPERATOR') && sources && sources.length > 0 && (
        <Act label="Open a case…" title="Lay hours before a verifier" confirm="Open the case" primary touches={['case']} done={(c) => void go({ search: { case: (c as { id: string }).id } })}
          fields={[{ name: 'sourceId', label: 'Source', kind: 'choice', options: sources.map((s) => ({ value: s.id, label: s.name })) }, { name: 'from', label: 'From, first hour, UTC', hint: 'Like 2020-03-01T07:00:00Z' }, { name: 'to', label: 'To, UTC (not included)' }]}
          summary={() => 'Every check runs over the newest versions of these hours. The case holds exactly these versions; a verifier of another organisation signs or refuses it.'}
          run={(v) => ask(api.POST('/cases', { body: { sourceId: v.sourceId, from: v.from, to: v.to } }))} />
      )}>
      <Asked query={cases} empty={(c) => (c.length === 0 ? 'No case yet. An operator opens one over a period of accounted hours; a verifier of another organisation signs it.' : null)}>
        {(list) => (
          <div className="two list">
            <Card title="Cases" flush note={<span className="desk">j and k move</span>}>
              <nav aria-label="Cases">
                {list.map((c) => (
                  <Link key={c.id} to="/cases" search={{ case: c.id }} replace className={`case ${c.id === chosen?.id ? 'chosen' : ''}`} activeProps={{}} aria-current={c.id === chosen?.id ? 'true' : undefined}>
                    <span><b>{name(c.sourceId)}</b><span className="under">{hour(c.from)} to {hour(c.to)}, {whole(c.hourIds.length)} hours</span><span className="under">opened {instant(c.openedAt)} by {c.openedBy}</span></span><State of={c.status} />
                  </Link>
                ))}
              </nav>
            </Card>
            {chosen ? <CaseView key={chosen.id} of={chosen} source={sources?.find((s) => s.id === chosen.sourceId)} /> : <Empty>Choose a case.</Empty>}
          </div>
        )}
      </Asked>
    </Page>
  );
}
