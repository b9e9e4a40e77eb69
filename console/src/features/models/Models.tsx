import { useQuery } from '@tanstack/react-query';
import { useAccess } from '../../api/access';
import { api, ask } from '../../api/client';
import type { Model } from '../../api/types';
import { Act } from '../../components/Act';
import { count, instant } from '../../components/format';
import { Asked, Card, Facts, Hash, Page, State, Table, Cell } from '../../components/parts';
import { scores } from './scores';

/** Which trained models serve, how well they did on data they had not seen, and beside which simple methods. */
export function Models() {
  const found = useQuery({ queryKey: ['model'], queryFn: async ({ signal }) => (await ask(api.GET('/models', { signal }))).items });
  return (
    <Page title="Models" sub={found.data ? `${count(found.data.length, 'model')} offered, ${found.data.filter((m) => m.state === 'IN_SERVICE').length} in service` : ' '}>
      <Asked query={found} empty={(all) => (all.length === 0 ? 'No model was offered yet. An administrator sends a zip of card.json and model.onnx to POST /api/v1/models; it is tried, compared with the simple methods on its card, and serves when it is better.' : null)}>
        {(all) => <>{all.map((m) => <ModelCard key={m.card.id} model={m} />)}</>}
      </Asked>
    </Page>
  );
}

function ModelCard({ model: m }: { model: Model }) {
  const { may } = useAccess();
  const table = scores(m.card);
  return (
    <Card title={m.card.id} note={<State of={m.state} />}>
      <Facts of={{
        'For': m.card.kind, 'Method': m.card.method, 'Why it stands so': m.reason, 'By': `${m.by}, ${instant(m.at)}`, 'Trained': `${instant(m.card.trainedAt)} on ${m.card.trainedOn}; seed ${m.card.seed}`,
        'Data': <Hash of={m.card.dataHash} />, 'Network': m.card.sha256 ? <Hash of={m.card.sha256} /> : 'none, a plain rule',
      }} />
      <Table label={`Scores of ${m.card.id} on data it had not seen`} columns={['Method', ...table.names.map((n) => `#${n}`)]}>
        {table.rows.map((r) => <tr key={r.method}><Cell of="Method" wide>{r.method}</Cell>{r.values.map((v, i) => <Cell key={table.names[i]} of={table.names[i]} num>{v}</Cell>)}</tr>)}
      </Table>
      {may('ADMINISTRATOR') && m.state !== 'IN_SERVICE' && (
        <div className="bar"><Act label="Put into service" title={`Put ${m.card.id} into service?`} confirm="Put into service" touches={['model']} fields={[{ name: 'reason', label: 'Reason', kind: 'long', most: 500 }]}
          summary={() => `It serves ${m.card.kind} from now on, whatever its score; the one in service is replaced. Your reason is kept.`}
          run={(v) => ask(api.POST('/models/{id}/promote', { params: { path: { id: m.card.id } }, body: { reason: v.reason } }))} /></div>
      )}
    </Card>
  );
}
