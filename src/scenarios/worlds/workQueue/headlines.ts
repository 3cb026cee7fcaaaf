import type { Figure } from '../../../measures/measure.ts';

/** The one number above the stage, in words, from the figures of the instant. */
export function headlineOfWorkQueue(id: string, figures: ReadonlyMap<string, Figure>): string {
  const value = (name: string) => figures.get(name)?.value ?? 0;
  const count = (name: string) => String(value(name));
  const submitted = value('arrivals');
  switch (id) {
    case 'waiting':
      return `${count('ready')} waiting · ${count('completions')} done`;
    case 'calls':
      return `${count('completions')} of ${submitted} done · ${count('lost')} lost · ${oneDecimal(value('callsPerSecond'))} calls a second`;
    case 'duplicates':
      return `${count('completions')} done · ${count('duplicates')} done again`;
    case 'effects':
      return `work finished ${value('completions') + value('duplicates') + value('recognised')} times · effects ${value('completions') + value('duplicates')}`;
    case 'deliveries':
      return `${count('deliveries')} deliveries of ${submitted} images · ${count('deadLetters')} dead letters`;
    case 'letters':
      return `${count('completions')} of ${submitted} done · ${count('deadLetters')} dead letters`;
    default:
      return `${count('completions')} of ${submitted} done · ${count('lost')} lost`;
  }
}

function oneDecimal(value: number): string {
  return (Math.round(value * 10) / 10).toFixed(1);
}
