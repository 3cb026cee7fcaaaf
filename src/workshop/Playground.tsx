import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { microsOfMs } from '../kernel/time.ts';
import { lessons } from '../lessons/index.ts';
import { panels } from '../panels/registry.tsx';
import { SessionContext } from '../panels/useSession.ts';
import { createSession, type Session } from '../playback/session.ts';
import { type OpenedLink, readLink } from '../scenarios/link.ts';
import { catalogue } from '../scenarios/released.ts';
import { isSameScenario } from '../scenarios/scenario.ts';
import { oneOf, refuse, show } from '../scenarios/sentences.ts';
import type { Checked } from '../scenarios/types.ts';
import { worldOf } from '../scenarios/worlds/index.ts';
import { lazyPart } from '../ui/index.ts';
import { inLesson, linkTextOf } from './address.ts';
import { lessonOf, lessonProblemOf } from './lessonOf.ts';
import { Room } from './Room.tsx';

const BadLink = lazyPart('what is wrong with this link', () => import('./BadLink.tsx'));

/** The room where a scenario runs, with the lesson beside it where the address names one. */
export default function Playground({ query }: { readonly query: URLSearchParams }) {
  const lesson = lessonOf(query);
  const text = textOf(query, lesson?.startsWith);
  /** The link to what stands on the stage: as it was opened, or as it was written after an edit. */
  const onStage = useRef(text);
  const session = useRef<Session | undefined>(undefined);
  const [visit, setVisit] = useState(() => visitOf(text));
  if (text !== onStage.current) {
    onStage.current = text;
    setVisit(visitOf(text));
  }

  const remember = useCallback((link: string) => {
    onStage.current = link;
  }, []);

  const { opened } = visit;
  const shown = useMemo(() => {
    if (!opened.ok) return undefined;
    const { scenario, view } = opened.value;
    const viewMicros = view.viewMs === undefined ? undefined : microsOfMs(view.viewMs);
    const world = worldOf(scenario.world);
    if (world === undefined) return undefined;
    session.current ??= createSession({ world, scenario, worldOf, viewMicros });
    return session.current;
  }, [opened]);

  useLayoutEffect(() => {
    if (!opened.ok || shown === undefined) return;
    const { scenario, view } = opened.value;
    if (shown.getState().opened !== scenario && !isSameScenario(shown.getState().scenario, scenario)) {
      shown.getState().open(scenario, view.viewMs === undefined ? {} : { viewMicros: microsOfMs(view.viewMs) });
    }
    if (view.selection) shown.getState().select(view.selection);
  }, [opened, shown]);

  const lessonProblem = lessonProblemOf(query);
  if (lessonProblem)
    return (
      <BadLink
        text={inLesson(visit.text, query.get('lesson') ?? undefined, query.get('stage') ?? undefined)}
        problem={lessonProblem}
        lesson={lesson?.lesson ?? lessons[0]}
      />
    );
  if (!opened.ok) return <BadLink text={visit.text} problem={opened.problem} />;
  if (shown === undefined) return null;
  return (
    <SessionContext value={shown}>
      <Room session={shown} link={opened.value} lesson={lesson} onWritten={remember} />
    </SessionContext>
  );
}

type Visit = { readonly text: string; readonly opened: Checked<OpenedLink> };

function visitOf(text: string): Visit {
  return { text, opened: readVisit(text) };
}

/** Which panels there are is this room's to know, so the link's reader leaves that to us. */
function readVisit(text: string): Checked<OpenedLink> {
  const opened = readLink(text, catalogue);
  const panel = opened.ok ? opened.value.view.panel : undefined;
  if (panel === undefined || panels.some(({ id }) => id === panel)) return opened;
  const ids = panels.map(({ id }) => id);
  return refuse('p', `the link's p (panel) is ${show(panel)}: expected ${oneOf(ids, ids.length)}`);
}

/** A lesson's address that names no scenario opens the one that the stage begins with. */
function textOf(query: URLSearchParams, startsWith: string | undefined): string {
  const hasScenario = query.has('s') || query.has('d');
  if (hasScenario || startsWith === undefined) return linkTextOf(query);
  const withScenario = new URLSearchParams([['s', startsWith], ...query]);
  return linkTextOf(withScenario);
}
