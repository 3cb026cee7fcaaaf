import { useEffect, useState } from 'react';
import { scrubbing } from '../panels/scrubbing.ts';
import { useTheSession } from '../panels/useSession.ts';
import type { SessionState } from '../playback/types.ts';
import { formatDuration, VisuallyHidden } from '../ui/index.ts';

/** At most one announcement in this time while it plays. */
const EVERY_MS = 2_000;
/** A pause, a step: said once it is clear that nothing follows at once. */
const SETTLED_MS = 300;

/** Says events, not frames, to who listens: politely, at most one in two seconds, and nothing while scrubbing. */
export default function Announcer() {
  const session = useTheSession();
  const [text, setText] = useState('');
  useEffect(() => {
    let saidAtMs = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const sayLater = (afterMs: number, make: () => string | undefined) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const next = scrubbing.isOn() ? undefined : make();
        if (next === undefined) return;
        saidAtMs = performance.now();
        setText(next);
      }, afterMs);
    };
    const stop = session.subscribe((state, before) => {
      const broken = newlyBroken(state, before);
      if (broken !== undefined) {
        sayLater(Math.max(0, saidAtMs + EVERY_MS - performance.now()), () => broken);
      } else if (before.playing && !state.playing) {
        sayLater(SETTLED_MS, () => summaryOf(session.getState()));
      } else if (!state.playing && state.viewMicros !== before.viewMicros) {
        sayLater(SETTLED_MS, () => summaryOf(session.getState()));
      }
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [session]);
  return (
    <VisuallyHidden>
      <span aria-live="polite">{text}</span>
    </VisuallyHidden>
  );
}

function newlyBroken(state: SessionState, before: SessionState): string | undefined {
  if (!state.playing || state.frame === before.frame) return undefined;
  const broken = state.frame.promises.find(
    ({ id, verdict }) =>
      verdict.kind === 'broken' && before.frame.promises.find((one) => one.id === id)?.verdict.kind !== 'broken',
  );
  return broken && `Broken: ${broken.title}.`;
}

/** Where the run stands, in one sentence. */
function summaryOf(state: SessionState): string | undefined {
  if (state.playing) return undefined;
  const headline = state.world.headline(state.scenario.headline ?? '', state.frame.figures);
  const broken = state.frame.promises.filter(({ verdict }) => verdict.kind === 'broken').map(({ title }) => title);
  const ends = state.viewMicros >= state.untilMicros ? ' The run ends here.' : '';
  const brokenWords = broken.length === 0 ? '' : ` Broken: ${broken.join(', ')}.`;
  return `At ${formatDuration(state.viewMicros)}: ${headline.replaceAll(' · ', ', ')}.${brokenWords}${ends}`;
}
