import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { StageId } from '../lessons/lesson.ts';
import { useInspecting } from '../panels/inspecting.ts';
import { PanelBoundary } from '../panels/PanelBoundary.tsx';
import { panelOf, panelsOf } from '../panels/registry.tsx';
import { stages } from '../panels/StagePanel/index.ts';
import { Transport } from '../panels/Transport/index.ts';
import { useSession } from '../panels/useSession.ts';
import { createPlayer } from '../playback/player.ts';
import type { Session } from '../playback/session.ts';
import type { OpenedLink } from '../scenarios/linkForm.ts';
import { isSameScenario } from '../scenarios/scenario.ts';
import type { Scenario } from '../scenarios/types.ts';
import { Button, cx, IconButton, lazyPart, MenuButton, MoreIcon, ShareIcon, type Tab, Tabs } from '../ui/index.ts';
import { followScenario, inLesson, linkOf, wholeAddress, withLinkOf } from './address.ts';
import { keepDraft, newDraftKey } from './drafts.ts';
import type { LessonColumnProps } from './lesson/LessonColumn.tsx';
import type { OpenLesson } from './lessonOf.ts';
import { Masthead } from './masthead/Masthead.tsx';
import { Question } from './masthead/Question.tsx';
import { Notices, useLinkNotice } from './Notices.tsx';
import { packing } from './packing.ts';
import styles from './Room.module.css';
import { issueAddress } from './repository.ts';
import { Split } from './Split.tsx';
import { hasSingleKeys, keepSingleKeys, useKeys } from './useKeys.ts';
import { useRoomLayout } from './useRoomLayout.ts';

const ShareDialog = lazyPart('the share dialog', () => import('./share/ShareDialog.tsx'));
const Announcer = lazyPart('the announcements', () => import('./Announcer.tsx'), { silent: true });
const LessonColumn = lazyPart('the lesson', () => import('./lesson/LessonColumn.tsx'));

/** These stand in the column at the right where there is one. */
const ASIDE: readonly string[] = ['controls', 'faults', 'inspector', 'story'];
/** How much of the height the stage has at first. */
const STAGE_SHARE = 0.62;
/** Less, where the scenario's point is in a panel with a row for each server. */
const STAGE_SHARE_BESIDE_LOGS = 0.48;

export type RoomProps = {
  readonly session: Session;
  readonly link: OpenedLink;
  readonly lesson: OpenLesson | undefined;
  /** Hears the address that was written after an edit, as the text of a link. */
  readonly onWritten: (link: string) => void;
};

/** The room: lesson, stage, panels, controls; the transport across the bottom, always. */
export function Room({ session, link, lesson, onWritten }: RoomProps) {
  const layout = useRoomLayout(lesson !== undefined);
  const Stage = stages[useSession((state) => state.world.id)];
  const room = useRef<HTMLDivElement>(null);
  const [sharing, setSharing] = useState<'link' | 'qr'>();
  const tabs = usePanelTabs(link, layout.isPhone, layout.sideOpen);

  useEffect(() => {
    const player = createPlayer(session);
    return () => player.destroy();
  }, [session]);

  const linkNotice = useLinkNotice(link);
  useInspecting(() => {
    if (layout.isPhone || layout.sideOpen) return;
    if (layout.panelsOpen) tabs.select('inspector');
    else layout.openSide(true);
  });
  useAddress(session, link, lesson, onWritten);
  const column = useLessonWays(session, link, lesson, onWritten);

  const fullscreen = useCallback(() => {
    if (document.fullscreenElement) document.exitFullscreen?.();
    else room.current?.requestFullscreen?.().catch(() => {});
  }, []);
  const keys = useMemo(
    () => ({ share: () => setSharing('link'), qr: () => setSharing('qr'), fullscreen }),
    [fullscreen],
  );
  useKeys(session, keys);

  const tools = (
    <>
      {layout.isPhone ? (
        <IconButton label="Share" icon={<ShareIcon size={20} />} onClick={() => setSharing('link')} />
      ) : (
        <Button
          size="small"
          icon={<ShareIcon />}
          aria-keyshortcuts="S"
          title="Share (S)"
          onClick={() => setSharing('link')}
        >
          Share
        </Button>
      )}
      <RoomMenu
        onQr={() => setSharing('qr')}
        onFullscreen={fullscreen}
        onReport={() => window.open(issueAddress(addressHere(session)), '_blank', 'noopener')}
      />
      {!layout.isPhone && (
        <fieldset className={styles.toggles} aria-label="What stands in the room">
          <Button
            kind="plain"
            size="small"
            pressed={layout.lessonOpen}
            onClick={() => layout.openLesson(!layout.lessonOpen)}
          >
            Lesson
          </Button>
          <Button
            kind="plain"
            size="small"
            pressed={layout.panelsOpen}
            onClick={() => layout.openPanels(!layout.panelsOpen)}
          >
            Panels
          </Button>
          <Button kind="plain" size="small" pressed={layout.sideOpen} onClick={() => layout.openSide(!layout.sideOpen)}>
            Controls
          </Button>
        </fieldset>
      )}
    </>
  );
  const stage = (
    <div className={styles.stage}>
      <PanelBoundary name="the stage">{Stage && <Stage />}</PanelBoundary>
    </div>
  );
  const notices = <Notices fromLink={linkNotice} />;
  const lessonAside = layout.lessonOpen && !layout.isPhone && (
    <aside className={styles.lesson} aria-label="Lesson">
      <LessonColumn {...column} onClose={() => layout.openLesson(false)} />
    </aside>
  );

  return (
    <div ref={room} className={cx(styles.room, layout.isPhone && styles.phone)}>
      <div className={styles.body}>
        {lessonAside}
        <div className={styles.middle}>
          <Masthead tools={tools} />
          {!layout.isPhone && <Question />}
          {layout.isPhone ? (
            <>
              {stage}
              {notices}
              <PhonePanels tabs={tabs} column={column} asked={link.view.panel} />
            </>
          ) : layout.panelsOpen ? (
            <Split
              share={tabs.selected === 'log-grid' ? STAGE_SHARE_BESIDE_LOGS : STAGE_SHARE}
              upper={stage}
              lower={
                <>
                  {notices}
                  <LowerPanels tabs={tabs} />
                </>
              }
            />
          ) : (
            <>
              {stage}
              {notices}
            </>
          )}
        </div>
        {layout.sideOpen && !layout.isPhone && (
          <aside className={styles.side} aria-label="Controls">
            <Side />
          </aside>
        )}
      </div>
      <PanelBoundary name="the transport">
        <Transport />
      </PanelBoundary>
      <Announcer />
      {sharing && (
        <ShareDialog
          session={session}
          start={sharing}
          view={link.view}
          panel={tabs.selected}
          onClose={() => setSharing(undefined)}
        />
      )}
    </div>
  );
}

/** What is needed seldom. */
function RoomMenu({
  onQr,
  onFullscreen,
  onReport,
}: {
  readonly onQr: () => void;
  readonly onFullscreen: () => void;
  readonly onReport: () => void;
}) {
  const [areKeysOn, setKeysOn] = useState(hasSingleKeys);
  return (
    <MenuButton
      kind="plain"
      size="small"
      label="More"
      hideLabel
      icon={<MoreIcon />}
      items={[
        { id: 'fullscreen', label: 'Full screen (F)', onSelect: onFullscreen },
        { id: 'qr', label: 'QR code (Q)', onSelect: onQr },
        'line',
        {
          id: 'keys',
          label: 'Keys by single letters',
          sentence: areKeysOn
            ? 'Space, arrows, R, L … The sheet under ? has them all.'
            : 'Off: only Alt with K plays and pauses.',
          checked: areKeysOn,
          onSelect: () => {
            keepSingleKeys(!areKeysOn);
            setKeysOn(!areKeysOn);
          },
        },
        'line',
        {
          id: 'report',
          label: 'Report an issue with this scenario',
          sentence: 'Opens GitHub, with the link to this moment filled in.',
          onSelect: onReport,
        },
      ]}
    />
  );
}

/** The link to the run and the moment that stand here; the page's own address where the run can't be written as one. */
function addressHere(session: Session): string {
  const { scenario, viewMicros } = session.getState();
  const link = linkOf(scenario, { viewMs: Math.round(viewMicros) / 1000 });
  return link === undefined ? location.href : wholeAddress(link);
}

/** The address follows the scenario, and the first change makes a draft of its own. */
function useAddress(
  session: Session,
  link: OpenedLink,
  lesson: OpenLesson | undefined,
  onWritten: (link: string) => void,
): void {
  const draftKey = useRef<string | undefined>(undefined);
  const latest = useRef({ link, lesson, onWritten });
  latest.current = { link, lesson, onWritten };
  // Another link is another visit, with a draft of its own.
  useEffect(() => {
    draftKey.current = undefined;
  }, [link]);
  useEffect(() => {
    // Whoever leaves in haste leaves no time to fetch what packs a long link.
    packing.load().catch(() => {});
    const looksOf = () => {
      const { theme, ui, notes } = latest.current.link.view;
      return { theme, ui, notes };
    };
    const keep = (scenario: Scenario, text = linkOf(scenario, looksOf())) => {
      if (text === undefined) return;
      draftKey.current ??= newDraftKey();
      keepDraft({ key: draftKey.current, title: scenario.title, link: text, savedAtMs: Date.now() });
    };
    const write = (scenario: Scenario, edited: boolean) =>
      withLinkOf(scenario, looksOf(), (text) => {
        const { lesson: open, onWritten: tell } = latest.current;
        tell(text);
        history.replaceState(history.state, '', inLesson(text, open?.id, open?.stage));
        if (edited) keep(scenario, text);
      });
    return followScenario(session, write, keep);
  }, [session]);
}

type ColumnProps = Omit<LessonColumnProps, 'onClose'>;

/** What the lesson's buttons do: open a scenario beside it, go to another stage; both are places to come back to. */
function useLessonWays(
  session: Session,
  link: OpenedLink,
  lesson: OpenLesson | undefined,
  onWritten: (link: string) => void,
): ColumnProps {
  const notes = link.view.notes === true;
  const id = lesson?.id;
  const stage = lesson?.stage;
  const onOpen = useCallback(
    (scenario: Scenario) =>
      withLinkOf(scenario, notes ? { notes } : {}, (there) => {
        // The same scenario again has the same address: it opens from its beginning all the same.
        if (isSameScenario(session.getState().scenario, scenario)) session.getState().open(scenario);
        location.hash = inLesson(there, id, stage);
      }),
    [session, id, stage, notes],
  );
  const onStage = useCallback(
    (_: string, next: StageId) => {
      if (id === undefined) return;
      withLinkOf(session.getState().scenario, notes ? { notes } : {}, (here) => {
        onWritten(here);
        location.hash = inLesson(here, id, next);
      });
    },
    [session, id, notes, onWritten],
  );
  return { open: lesson, notes, onOpen, onStage };
}

type PanelTabs = {
  /** What stands in the tabs now, and what may be brought there. */
  readonly shown: readonly string[];
  readonly others: readonly string[];
  readonly selected: string | undefined;
  readonly select: (id: string) => void;
};

/** The panels that the scenario's question needs, and those that were asked for since. */
function usePanelTabs(link: OpenedLink, isPhone: boolean, hasSide: boolean): PanelTabs {
  const wanted = useSession((state) => state.opened.panels);
  const world = useSession((state) => state.world);
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [selected, setSelected] = useState<string | undefined>(link.view.panel);
  const offered = panelsOf(world).map(({ id }) => id);
  const isFree = (id: string) => offered.includes(id) && (isPhone || !hasSide || !ASIDE.includes(id));
  const first = [...new Set([...(wanted ?? ['promises']), 'promises', 'log', ...asked])];
  if (link.view.panel !== undefined && !first.includes(link.view.panel)) first.push(link.view.panel);
  const shown = (isPhone ? [...new Set([...first, ...offered])] : first).filter(isFree);
  const others = offered.filter((id) => isFree(id) && !shown.includes(id));
  return {
    shown,
    others,
    selected: selected !== undefined && shown.includes(selected) ? selected : shown[0],
    select(id) {
      if (!shown.includes(id)) setAsked([...asked, id]);
      setSelected(id);
    },
  };
}

function contentOf(id: string): ReactNode {
  const entry = panelOf(id);
  if (entry === undefined) return null;
  const { Panel, label } = entry;
  return (
    <PanelBoundary key={id} name={`the panel “${label}”`}>
      <Panel />
    </PanelBoundary>
  );
}

function tabOf(id: string): Tab {
  return { id, label: panelOf(id)?.label ?? id, content: contentOf(id) };
}

function LowerPanels({ tabs }: { readonly tabs: PanelTabs }) {
  return (
    <div className={styles.lower}>
      <Tabs
        label="Panels"
        className={styles.tabs}
        tabs={tabs.shown.map(tabOf)}
        selected={tabs.selected}
        onSelect={tabs.select}
      />
      {tabs.others.length > 0 && (
        <div className={styles.more}>
          <MenuButton
            kind="plain"
            size="small"
            label="More panels"
            icon={<MoreIcon />}
            items={tabs.others.map((id) => ({
              id,
              label: panelOf(id)?.label ?? id,
              onSelect: () => tabs.select(id),
            }))}
          />
        </div>
      )}
    </div>
  );
}

const QUESTION = 'question';
const LESSON = 'lesson';

function PhonePanels({
  tabs,
  column,
  asked: panel,
}: {
  readonly tabs: PanelTabs;
  readonly column: ColumnProps;
  /** The panel that the link opens; without one it is the lesson or the question. */
  readonly asked: string | undefined;
}) {
  const hasQuestion = useSession((state) => state.opened.question !== undefined);
  const opened = useSession((state) => state.opened);
  const [own, setOwn] = useState(
    panel !== undefined ? undefined : column.open ? LESSON : hasQuestion ? QUESTION : undefined,
  );
  const [asked, setAsked] = useState(opened);
  const lower = useRef<HTMLDivElement>(null);
  // On a low screen the panel lies below what one sees.
  const bringIntoView = () => lower.current?.scrollIntoView?.({ block: 'end' });
  useEffect(() => {
    if (panel !== undefined) bringIntoView();
  }, [panel]);
  useInspecting(() => {
    setOwn(undefined);
    tabs.select('inspector');
  });
  // A scenario that was set up by the lesson begins with its question.
  if (opened !== asked) {
    setAsked(opened);
    setOwn(opened.question === undefined ? undefined : QUESTION);
  }
  const list: Tab[] = tabs.shown.map(tabOf);
  const lessonTab: Tab = { id: LESSON, label: 'Lesson', content: <LessonColumn {...column} /> };
  if (column.open) list.unshift(lessonTab);
  else list.push(lessonTab);
  if (hasQuestion) list.unshift({ id: QUESTION, label: 'Question', content: <Question /> });
  return (
    <div ref={lower} className={styles.lower}>
      <Tabs
        label="Panels"
        className={styles.tabs}
        tabs={list}
        selected={own ?? tabs.selected}
        onSelect={(id) => {
          bringIntoView();
          const isOwn = id === QUESTION || id === LESSON;
          setOwn(isOwn ? id : undefined);
          if (!isOwn) tabs.select(id);
        }}
      />
    </div>
  );
}

/** What is selected first, then what can be changed and broken. */
function Side() {
  const selection = useSession((state) => state.selection?.kind);
  const hasStory = useSession((state) => state.world.panels.includes('story'));
  return (
    <>
      {selection === 'item' && hasStory && contentOf('story')}
      {selection === 'address' && contentOf('inspector')}
      {contentOf('controls')}
      {contentOf('faults')}
    </>
  );
}
