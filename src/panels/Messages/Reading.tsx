import type { InFlight, Json } from '../../kernel/types.ts';
import { type Entry, entryInWords, type RaftMessage } from '../../protocols/raft/index.ts';
import { formatDuration, formatTime } from '../../ui/index.ts';
import styles from './Messages.module.css';

/** As many entries of a message as are read out. */
const ENTRIES_SHOWN = 12;

/** A message field by field, as the code names them. */
export function Reading({ flight }: { readonly flight: InFlight }) {
  const message = flight.message as unknown as RaftMessage;
  const fields = Object.entries(flight.message).filter(([, value]) => value !== undefined);
  return (
    <dl className={styles.reading}>
      <Field name="sent">{formatTime(flight.sentMicros)}</Field>
      <Field name="takes">{formatDuration(flight.dueMicros - flight.sentMicros)}</Field>
      {fields.map(([name, value]) => (
        <Field key={name} name={name}>
          {name === 'entries' && message.kind === 'appendEntries' ? entriesInWords(message.entries) : short(value)}
        </Field>
      ))}
    </dl>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function entriesInWords(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'none: a heartbeat';
  const shown = entries.slice(0, ENTRIES_SHOWN).map(entryInWords);
  if (entries.length > shown.length) shown.push(`and ${entries.length - shown.length} more`);
  return shown.join('; ');
}

function short(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
