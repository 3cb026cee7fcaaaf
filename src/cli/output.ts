import { closeSync, openSync, writeSync } from 'node:fs';
import { msOfMicros } from '../kernel/time.ts';
import type { TraceEntry } from '../kernel/types.ts';

/** Where lines go. `isTTY` tells a terminal from a pipe. */
export type Sink = {
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean;
};

/** Writes and waits where the reader is slower than we are. */
export async function write(sink: Sink, text: string): Promise<void> {
  if (!sink.write(text)) await new Promise<void>((resolve) => sink.once('drain', resolve));
}

const BUFFER_CHARACTERS = 65_536;

/** A file of lines that is written as it grows, so that a long trace takes no memory. */
export class LineFile {
  private readonly file: number;
  private buffer = '';

  constructor(path: string) {
    this.file = openSync(path, 'w');
  }

  add(line: string): void {
    this.buffer += `${line}\n`;
    if (this.buffer.length >= BUFFER_CHARACTERS) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    const bytes = Buffer.from(this.buffer);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
    this.buffer = '';
  }
}

/** A trace entry as one line of NDJSON: id, at (microseconds), kind, address, cause, then the fact's own fields in `data`. */
export function traceLine(entry: TraceEntry): string {
  const { id, atMicros, kind, address, causeId, data } = entry;
  return JSON.stringify({ id, atMicros, kind, address, causeId, data });
}

/** `  12.345 s`: the time before a told line. */
export function timeColumn(atMicros: number): string {
  return `${(msOfMicros(atMicros) / 1000).toFixed(3).padStart(9)} s`;
}
