import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { lessonAbout, lessons } from '../../lessons/index.ts';
import type { Lesson, Stage, StageId } from '../../lessons/lesson.ts';
import { useSession } from '../../panels/useSession.ts';
import type { Scenario } from '../../scenarios/types.ts';
import { Button, ChevronLeftIcon, ChevronRightIcon, CloseIcon, cx, IconButton, lazyPart } from '../../ui/index.ts';
import { arrivalOf } from '../catalogues.ts';
import type { OpenLesson } from '../lessonOf.ts';
import styles from './LessonColumn.module.css';
import { LessonRoom, type LessonRoomValue, lessonComponents } from './lessonRoom.tsx';

export type LessonColumnProps = {
  /** What the address names; without it the column opens at the beginning. */
  readonly open: OpenLesson | undefined;
  /** Notes for who leads; never on the projector. */
  readonly notes: boolean;
  readonly onClose?: () => void;
  /** Sets a scenario up on the stage. */
  readonly onOpen: (scenario: Scenario) => void;
  /** Hears which stage is read, so that the address can say so. */
  readonly onStage: (lesson: string, stage: StageId) => void;
};

/** Each stage's words load when someone opens it. */
const texts = new Map(
  lessons.flatMap((lesson) =>
    lesson.stages.map(
      (stage) => [`${lesson.id}/${stage.id}`, lazyPart(`the stage “${stage.title}”`, stage.load)] as const,
    ),
  ),
);

/** The workshop beside the run: six stages with their minutes, and the words of the one that is open. */
export default function LessonColumn({ open, notes, onClose, onOpen, onStage }: LessonColumnProps) {
  const world = useSession((state) => state.world.id);
  const lesson = lessons.find(({ id }) => id === open?.id) ?? lessonAbout(world) ?? lessons[0];
  const [own, setOwn] = useState<StageId>();
  const stageId = open?.stage ?? own ?? 'context';
  const top = useRef<HTMLDivElement>(null);
  const room = useMemo<LessonRoomValue>(() => ({ notes, onOpen }), [notes, onOpen]);
  // Another stage begins at its top.
  useEffect(() => {
    top.current?.scrollIntoView?.({ block: 'start' });
  }, [stageId]);
  if (lesson === undefined) return null;
  const place = Math.max(
    0,
    lesson.stages.findIndex(({ id }) => id === stageId),
  );
  const stage = lesson.stages[place]!;
  const go = (next: Stage | undefined) => {
    if (next === undefined) return;
    setOwn(next.id);
    onStage(lesson.id, next.id);
  };
  return (
    <LessonRoom value={room}>
      <div ref={top} className={styles.lesson}>
        <header className={styles.head}>
          <p className={styles.name}>
            <span className={styles.workshop}>{`Workshop ${lesson.number}`}</span>
            {lesson.title}
          </p>
          {onClose && <IconButton size="small" label="Close the lesson" icon={<CloseIcon />} onClick={onClose} />}
        </header>
        <Rail lesson={lesson} current={stage.id} onGo={go} />
        <article className={styles.text}>
          <h2 className={styles.title}>{stage.title}</h2>
          <p className={styles.aim}>{`${stage.aim} ${stage.minutes} minutes.`}</p>
          <Words lesson={lesson} stage={stage} />
        </article>
        <nav className={styles.ways} aria-label="Stage before and after">
          {place > 0 ? (
            <Button size="small" icon={<ChevronLeftIcon />} onClick={() => go(lesson.stages[place - 1])}>
              {lesson.stages[place - 1]?.title}
            </Button>
          ) : (
            <span />
          )}
          {place < lesson.stages.length - 1 && (
            <Button kind="primary" size="small" onClick={() => go(lesson.stages[place + 1])}>
              {`Next: ${lesson.stages[place + 1]?.title} `}
              <ChevronRightIcon />
            </Button>
          )}
        </nav>
      </div>
    </LessonRoom>
  );
}

function Rail({
  lesson,
  current,
  onGo,
}: {
  readonly lesson: Lesson;
  readonly current: StageId;
  readonly onGo: (stage: Stage) => void;
}) {
  return (
    <nav aria-label="Stages">
      <ol className={styles.rail}>
        {lesson.stages.map((stage, place) => (
          <li key={stage.id}>
            <button
              type="button"
              className={cx(styles.stop, stage.id === current && styles.here)}
              aria-current={stage.id === current ? 'step' : undefined}
              title={stage.aim}
              onClick={() => onGo(stage)}
            >
              <span className={styles.number} aria-hidden="true">
                {place + 1}
              </span>
              {stage.title}
              <span className={styles.minutes}>{`${stage.minutes} min`}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Words({ lesson, stage }: { readonly lesson: Lesson; readonly stage: Stage }) {
  const [, lookAgain] = useReducer((count: number) => count + 1, 0);
  const world = arrivalOf(lesson.world);
  // The words speak of scenarios: of their buttons, their numbers.
  if (world !== undefined && world.here() === undefined) return <world.Waiting onHere={lookAgain} />;
  const Text = texts.get(`${lesson.id}/${stage.id}`);
  return Text ? <Text components={lessonComponents} /> : null;
}
