import { useCallback, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react';
import { microsOfMs } from '../kernel/time.ts';
import { openings } from '../lessons/openings.ts';
import { SessionContext } from '../panels/useSession.ts';
import { createSession, type Session } from '../playback/session.ts';
import type { OpenedLink } from '../scenarios/linkForm.ts';
import { isSameScenario } from '../scenarios/scenario.ts';
import type { Checked } from '../scenarios/types.ts';
import { lazyPart } from '../ui/index.ts';
import { inLesson, linkTextOf } from './address.ts';
import { worldOf } from './catalogues.ts';
import { lessonOf, lessonProblemOf } from './lessonOf.ts';
import { notOnStage } from './notOnStage.ts';
import { openLink } from './opening.ts';
import { Room } from './Room.tsx';

const BadLink = lazyPart('what is wrong with this link', () => import('./BadLink.tsx'));

/** The room where a scenario runs, with the lesson beside it where the address names one. */
export default function Playground({ query }: { readonly query: URLSearchParams }) {
  const lesson = lessonOf(query);
  const text = textOf(query, lesson?.startsWith);
  /** The link to what stands on the stage: as it was opened, or as it was written after an edit. */
  const onStage = useRef<string | undefined>(undefined);
  const session = useRef<Session | undefined>(undefined);
  const [visit, setVisit] = useState<Visit>();
  const [, lookAgain] = useReducer((count: number) => count + 1, 0);
  const opening = text === onStage.current ? undefined : openLink(text);
  if (opening?.ok !== undefined) {
    onStage.current = text;
    setVisit({ text, opened: opening });
  }

  const remember = useCallback((link: string) => {
    onStage.current = link;
  }, []);

  const opened = visit?.opened;
  const shown = useMemo(() => {
    if (!opened?.ok) return undefined;
    const { scenario, view } = opened.value;
    const viewMicros = view.viewMs === undefined ? undefined : microsOfMs(view.viewMs);
    const world = worldOf(scenario.world);
    if (world === undefined) return undefined;
    session.current ??= createSession({ world, scenario, worldOf, viewMicros });
    return session.current;
  }, [opened]);

  useLayoutEffect(() => {
    if (!opened?.ok || shown === undefined) return;
    const { scenario, view } = opened.value;
    if (shown.getState().opened !== scenario && !isSameScenario(shown.getState().scenario, scenario)) {
      shown.getState().open(scenario, view.viewMs === undefined ? {} : { viewMicros: microsOfMs(view.viewMs) });
    }
    if (view.selection) {
      const notice = notOnStage(shown.getState(), view.selection);
      if (notice === undefined) shown.getState().select(view.selection);
      else shown.setState({ notice });
    }
  }, [opened, shown]);

  const lessonProblem = lessonProblemOf(query);
  if (lessonProblem)
    return (
      <BadLink
        text={inLesson(text, query.get('lesson') ?? undefined, query.get('stage') ?? undefined)}
        problem={lessonProblem}
        lessonId={lesson?.id ?? openings[0]?.id}
      />
    );
  if (opening !== undefined && opening.ok === undefined)
    return <opening.missing.Waiting key={text} onHere={lookAgain} />;
  if (visit === undefined || opened === undefined) return null;
  if (!opened.ok)
    return <BadLink text={visit.text} problem={opened.problem} had={session.current?.getState().scenario} />;
  if (shown === undefined) return null;
  return (
    <SessionContext value={shown}>
      <Room session={shown} link={opened.value} lesson={lesson} onWritten={remember} />
    </SessionContext>
  );
}

type Visit = { readonly text: string; readonly opened: Checked<OpenedLink> };

/** A lesson's address that names no scenario opens the one that the stage begins with. */
function textOf(query: URLSearchParams, startsWith: string | undefined): string {
  const hasScenario = query.has('s') || query.has('d');
  if (hasScenario || startsWith === undefined) return linkTextOf(query);
  const withScenario = new URLSearchParams([['s', startsWith], ...query]);
  return linkTextOf(withScenario);
}
