import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Refusal, requestId } from '../api/client';

export type Values = Record<string, string>;
export interface Field {
  name: string; label: string; hint?: string; kind?: 'text' | 'long' | 'whole' | 'choice' | 'file'; options?: { value: string; label: string }[]; initial?: string; optional?: boolean; most?: number;
}
interface Props {
  /** On the button that opens it. */
  label: string; title: string; confirm: string; fields?: Field[]; danger?: boolean; primary?: boolean;
  /** What will happen, in words; shown above the last button. */
  summary?: (values: Values) => ReactNode;
  /** A word that must be typed first, for what cannot be undone. */
  typed?: string;
  run: (values: Values, request: string, files: Record<string, File>) => Promise<unknown>;
  /** Topics that are asked for again. */
  touches: string[]; done?: (result: unknown) => void;
}

/** Something a person does: a button, a dialog with what is needed, the consequence in words, and the server's refusal beside the field it speaks of. */
export function Act(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant={props.primary ? 'filled' : 'default'} onClick={() => setOpen(true)}>{props.label}</Button>
      {open && <ActDialog {...props} close={() => setOpen(false)} />}
    </>
  );
}

function ActDialog({ title, confirm, fields = [], danger, summary, typed, run, touches, done, close }: Props & { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const queries = useQueryClient();
  // One request id for one opened dialog: pressing twice, or again after a broken line, has one effect.
  const [request] = useState(requestId);
  const [values, setValues] = useState<Values>(() => Object.fromEntries(fields.map((f) => [f.name, f.initial ?? f.options?.[0]?.value ?? ''])));
  const [files, setFiles] = useState<Record<string, File>>({});
  const [word, setWord] = useState('');
  const act = useMutation({
    mutationFn: () => run(values, request, files),
    onSuccess: (result) => { touches.forEach((t) => void queries.invalidateQueries({ queryKey: [t] })); done?.(result); close(); },
  });
  useEffect(() => { dialog.current?.showModal(); }, []);
  const problem = act.error instanceof Refusal ? act.error.problem : undefined;
  const at = (f: Field) => (problem?.field === f.name ? (problem.expected ? `Expected: ${problem.expected}` : act.error?.message) : undefined);
  const elsewhere = act.error && !fields.some((f) => problem?.field === f.name);
  const submit = (e: FormEvent) => { e.preventDefault(); act.mutate(); };
  return (
    <dialog ref={dialog} aria-labelledby={heading} onClose={close} onCancel={(e) => { if (act.isPending) e.preventDefault(); }}>
      <form onSubmit={submit}>
        <h2 id={heading}>{title}</h2>
        {elsewhere && <div className="banner bad" role="alert">{act.error?.message}</div>}
        {fields.map((f) => <Input key={f.name} field={f} value={values[f.name]} error={at(f)} set={(v) => setValues((old) => ({ ...old, [f.name]: v }))} take={(file) => setFiles((old) => ({ ...old, [f.name]: file }))} />)}
        {summary && <div className="summary">{summary(values)}</div>}
        {typed && <TextInput label={`Type ${typed} to confirm`} value={word} onChange={(e) => setWord(e.currentTarget.value)} autoComplete="off" />}
        <div className="actions">
          <Button variant="default" onClick={() => dialog.current?.close()} disabled={act.isPending}>Cancel</Button>
          <Button type="submit" color={danger ? 'danger' : undefined} loading={act.isPending} disabled={typed !== undefined && word.trim() !== typed}>{confirm}</Button>
        </div>
      </form>
    </dialog>
  );
}

function Input({ field: f, value, error, set, take }: { field: Field; value: string; error?: string; set: (v: string) => void; take: (file: File) => void }) {
  const common = { label: f.label, description: f.hint, error, required: !f.optional, withAsterisk: false };
  if (f.kind === 'choice') return <NativeSelect {...common} data={f.options} value={value} onChange={(e) => set(e.currentTarget.value)} />;
  if (f.kind === 'long') return <Textarea {...common} rows={3} maxLength={f.most ?? 2000} value={value} onChange={(e) => set(e.currentTarget.value)} />;
  if (f.kind === 'file') return <TextInput {...common} type="file" onChange={(e) => { const file = e.currentTarget.files?.[0]; if (file) take(file); }} />;
  if (f.kind === 'whole') return <TextInput {...common} inputMode="numeric" pattern="[0-9]+" title="A whole number" value={value} onChange={(e) => set(e.currentTarget.value)} autoComplete="off" />;
  return <TextInput {...common} value={value} maxLength={f.most ?? 200} onChange={(e) => set(e.currentTarget.value)} autoComplete="off" />;
}
